#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 Parallax contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Fits the example's models and measures them. Standard library only.

    python3 fit_models.py --check               fits again, compares byte for byte with what is committed, prints the quality
    python3 fit_models.py --check --full CSV    also takes the samples again from ggplot2's whole diamonds table and measures
                                                on every row no model has seen
    python3 fit_models.py --write [--full CSV]  writes what --check compares

The whole table as a CSV, once, with R and ggplot2:
    Rscript -e 'write.csv(ggplot2::diamonds, "diamonds-full.csv", row.names = FALSE)'

Rows are drawn by the SHA-256 of "SEED:ROW" instead of a random number generator, so that every language and version
draws the same ones. SEED is the first one tried.
"""

import argparse
import csv
import hashlib
import importlib.util
import io
import math
import os
import sys
import tempfile

sys.dont_write_bytecode = True
import build_repository  # noqa: E402

EXAMPLE = build_repository.EXAMPLE
DATA = os.path.join(EXAMPLE, "data")
SEED = "diamonds"
SAMPLE_ROWS = 2000
TRAINING_ROWS = 4000
COMPARABLE_ROWS = 3000
LARGE = 1.2

CUTS = ("Fair", "Good", "Very Good", "Premium", "Ideal")
COLORS = "DEFGHIJ"
CLARITIES = ("I1", "SI2", "SI1", "VS2", "VS1", "VVS2", "VVS1", "IF")
COLUMNS = ("carat", "cut", "color", "clarity", "depth", "table", "price", "x", "y", "z")
COMPARABLE_COLUMNS = ("carat", "cut", "color", "clarity", "x", "y", "z", "price")
NUMBERS = ("carat", "depth", "table", "price", "x", "y", "z")


# --- rows -----------------------------------------------------------------------------------------------------------

def read_rows(path):
    """Rows as texts, each with its 1-based number in ggplot2::diamonds."""
    with open(path, encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for number, row in enumerate(rows, 1):
        row.setdefault("row", str(number))
    return rows


def stone_of(row):
    return {name: float(row[name]) if name in NUMBERS else row[name] for name in COLUMNS if name != "price"}


def price_of(row):
    return float(row["price"])


def is_flat(row):
    return 0 in (float(row["x"]), float(row["y"]), float(row["z"]))


def content(row):
    return tuple(row[name] for name in COLUMNS)


def csv_text(rows, columns):
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([row[name] for name in columns] for row in rows)
    return out.getvalue()


def draw(full):
    """Sample, training rows and comparables: no stone is in two of them, also not one that the table has twice."""
    shuffled = sorted(full, key=lambda row: hashlib.sha256(("%s:%s" % (SEED, row["row"])).encode()).digest())
    flat = [row for row in shuffled if is_flat(row)]
    sample = flat + [row for row in shuffled if not is_flat(row)][:SAMPLE_ROWS - len(flat)]
    taken = {content(row) for row in sample}
    training, comparables = [], []
    for row in shuffled:
        if content(row) in taken:
            continue
        if len(training) < TRAINING_ROWS:
            training.append(row)
        elif len(comparables) < COMPARABLE_ROWS and float(row["carat"]) >= LARGE:
            comparables.append(row)
        else:
            continue
        taken.add(content(row))
    by_number = lambda row: int(row["row"])  # noqa: E731
    return sorted(sample, key=by_number), sorted(training, key=by_number), sorted(comparables, key=by_number)


# --- the fit --------------------------------------------------------------------------------------------------------

def features(row, graded):
    size = math.log(float(row["carat"]))
    values = [1.0, size, size * size]
    if graded:
        values += [float(row["cut"] == grade) for grade in CUTS[1:]]
        values += [float(row["color"] == grade) for grade in COLORS[1:]]
        values += [float(row["clarity"] == grade) for grade in CLARITIES[1:]]
    return values


def least_squares(inputs, targets):
    """Normal equations, solved by Gauss-Jordan with pivoting; exact sums, so that the order of rows does not matter."""
    count = len(inputs[0])
    system = [[math.fsum(row[i] * row[j] for row in inputs) for j in range(count)]
              + [math.fsum(row[i] * target for row, target in zip(inputs, targets))] for i in range(count)]
    for i in range(count):
        best = max(range(i, count), key=lambda k: abs(system[k][i]))
        system[i], system[best] = system[best], system[i]
        for k in range(count):
            if k != i:
                factor = system[k][i] / system[i][i]
                system[k] = [a - factor * b for a, b in zip(system[k], system[i])]
    return [round(system[i][count] / system[i][i], 6) for i in range(count)]


def rms(values):
    return math.sqrt(math.fsum(value * value for value in values) / len(values))


class Fit:
    def __init__(self, rows, graded):
        inputs = [features(row, graded) for row in rows]
        targets = [math.log(price_of(row)) for row in rows]
        self.values = least_squares(inputs, targets)
        residuals = [target - math.fsum(a * b for a, b in zip(self.values, row)) for row, target in zip(inputs, targets)]
        self.sigma = round(rms(residuals), 4)
        self.smearing = round(math.fsum(map(math.exp, residuals)) / len(residuals), 4)
        self.sigmas = {grade: round(rms([e for e, row in zip(residuals, rows) if row["clarity"] == grade]), 4)
                       for grade in CLARITIES}


def table_text(name, entries):
    return "%s = {\n%s}\n" % (name, "".join('    "%s": %s,\n' % entry for entry in entries))


HEADER = ('# SPDX-FileCopyrightText: 2026 Parallax contributors\n# SPDX-License-Identifier: GPL-3.0-or-later\n'
          '# Fitted on %d diamonds: logarithm of the price in US dollars, by least squares.\n\n')


def coefficients_text(fit, rows, graded, smearing=False, log_volume=None):
    text = HEADER % len(rows)
    text += "INTERCEPT = %s\nLOG_CARAT = %s\nLOG_CARAT_SQUARED = %s\n" % tuple(fit.values[:3])
    if not graded:
        return text + "SIGMA = %s\n" % fit.sigma
    grades = fit.values[3:]
    text += "\n" + table_text("CUT", zip(CUTS, [0.0] + grades[:4]))
    text += "\n" + table_text("COLOR", zip(COLORS, [0.0] + grades[4:10]))
    text += "\n" + table_text("CLARITY", zip(CLARITIES, [0.0] + grades[10:]))
    text += "\n# Standard deviation of the residuals, by clarity.\n" + table_text("SIGMA", fit.sigmas.items())
    if smearing:
        text += ("\n# Mean of exp(residual): the mean of a price is more than exp(the mean of its logarithm) (Duan, 1983).\n"
                 "SMEARING = %s\n" % fit.smearing)
    if log_volume is not None:
        text += "\n# Median logarithm of x * y * z in cubic millimetres for each carat.\nLOG_VOLUME_PER_CARAT = %s\n" % log_volume
    return text


def median(values):
    values = sorted(values)
    middle = len(values) // 2
    return values[middle] if len(values) % 2 else (values[middle - 1] + values[middle]) / 2


def fitted_files(training):
    """Path below the example's folder -> text, for everything that the training rows decide."""
    plain, graded = Fit(training, False), Fit(training, True)
    volumes = [math.log(float(row["x"]) * float(row["y"]) * float(row["z"])) - math.log(float(row["carat"])) for row in training]
    v1 = "history/%s/deployments/pricing_model_v1/coefficients.py"
    v2 = "history/%s/deployments/pricing_model_v2/coefficients.py"
    return {
        v1 % "03": coefficients_text(plain, training, False),
        v1 % "05": coefficients_text(graded, training, True),
        v1 % "11": coefficients_text(graded, training, True, smearing=True),
        v2 % "07": coefficients_text(graded, training, True),
        v2 % "13": coefficients_text(graded, training, True, smearing=True),
        v2 % "16": coefficients_text(graded, training, True, smearing=True, log_volume=round(median(volumes), 4)),
    }


def drawn_files(full):
    sample, training, comparables = draw(full)
    return {
        "data/diamonds.csv": csv_text(sample, ("row",) + COLUMNS),
        "data/training.csv": csv_text(training, ("row",) + COLUMNS),
        "history/07/deployments/pricing_model_v2/comparables.csv": csv_text(comparables, COMPARABLE_COLUMNS),
    }


# --- quality --------------------------------------------------------------------------------------------------------

def load_main(name, branch="main", upto=None):
    """The main function of a deployment as it is after a commit, from its own source.py."""
    with tempfile.TemporaryDirectory() as tree:
        for commit in build_repository.commits_of(build_repository.read_history(), branch, upto):
            build_repository.apply(commit, tree)
        folder = os.path.join(tree, "deployments", name)
        sys.path.insert(0, folder)
        try:
            spec = importlib.util.spec_from_file_location("source_of_" + name, os.path.join(folder, "source.py"))
            module = importlib.util.module_from_spec(spec)
            spec.loader.exec_module(module)
        finally:
            sys.path.remove(folder)
            sys.modules.pop("coefficients", None)
        return module.price_diamond


def answer(model, row):
    """Price, or None where the model refuses the stone."""
    try:
        return model(stone_of(row))["price"]
    except ValueError:
        return None


class Quality:
    def __init__(self, title, rows, first, second):
        self.title = title
        self.rows = [(row, answer(first, row), answer(second, row)) for row in rows]

    def line(self, name, keep):
        both = [(price_of(row), a, b) for row, a, b in self.rows if keep(row) and a is not None and b is not None]
        failed = sum(1 for row, _, b in self.rows if keep(row) and b is None)
        if not both:
            return
        logs = [(math.log(a / price), math.log(b / price)) for price, a, b in both]
        figures = (rms([x for x, _ in logs]), rms([x for _, x in logs]),
                   rms([a - p for p, a, _ in both]), rms([b - p for p, _, b in both]),
                   math.fsum(abs(a - p) for p, a, _ in both) / len(both), math.fsum(abs(b - p) for p, _, b in both) / len(both))
        bias = math.fsum(x for x, _ in logs) / len(logs), math.fsum(x for _, x in logs) / len(logs)
        print("%-34s %6d %5d   %.4f  %.4f   %7.0f %7.0f   %7.0f %7.0f   %+6.1f%% %+6.1f%%"
              % ((name, len(both), failed) + figures + tuple(100 * math.expm1(value) for value in bias)))

    def report(self):
        print("\n%s\n%-34s %6s %5s   %-14s   %-15s   %-15s   %s" % (
            self.title, "", "stones", "fails", "RMSE log price", "RMSE dollars", "MAE dollars", "mean error"))
        print("%-34s %6s %5s   %6s  %6s   %7s %7s   %7s %7s   %7s %7s" % (("", "", "v2") + ("v1", "v2") * 4))
        large = lambda row: float(row["carat"]) >= LARGE  # noqa: E731
        self.line("all", lambda row: True)
        self.line("below %.1f carat" % LARGE, lambda row: not large(row))
        self.line("%.1f carat and more" % LARGE, large)
        for grade in CLARITIES:
            self.line("  of these clarity " + grade, lambda row: large(row) and row["clarity"] == grade)
        for grade in CUTS:
            self.line("  of these cut " + grade, lambda row: large(row) and row["cut"] == grade)
        self.line("  of these not I1", lambda row: large(row) and row["clarity"] != "I1")


# --- the command ----------------------------------------------------------------------------------------------------

def main():
    parser = argparse.ArgumentParser(description="Fits the example's models and measures them.")
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--check", action="store_true", help="compare with what is committed and print the quality")
    what.add_argument("--write", action="store_true", help="write the fitted files")
    parser.add_argument("--full", metavar="CSV", help="ggplot2's whole diamonds table")
    options = parser.parse_args()

    full = read_rows(options.full) if options.full else None
    files = drawn_files(full) if full else {}
    if options.write:
        write(files)
    files.update(fitted_files(read_rows(os.path.join(DATA, "training.csv"))))
    if options.write:
        write(files)
        return 0

    wrong = []
    for name, text in files.items():
        with open(os.path.join(EXAMPLE, *name.split("/")), encoding="utf-8", newline="") as file:
            if file.read() != text:
                wrong.append(name)
    for name in wrong:
        print("%s: differs from what the data give" % name)
    print("%d of %d files are as the data give them" % (len(files) - len(wrong), len(files)))

    first, second = load_main("pricing_model_v1"), load_main("pricing_model_v2")
    sample = read_rows(os.path.join(DATA, "diamonds.csv"))
    Quality("The sample, data/diamonds.csv (not used in any fit)", sample, first, second).report()
    repaired = load_main("pricing_model_v2", "feat/robust_volume")
    print("\nStones without a dimension: %d; refused by pricing_model_v2 on main: %d, on feat/robust_volume: %d" % (
        sum(map(is_flat, sample)), sum(answer(second, row) is None for row in sample), sum(answer(repaired, row) is None for row in sample)))
    if full:
        seen = {content(row) for row in read_rows(os.path.join(DATA, "training.csv"))}
        comparables = os.path.join(EXAMPLE, "history", "07", "deployments", "pricing_model_v2", "comparables.csv")
        _, _, drawn = draw(full)
        seen.update(content(row) for row in drawn)
        assert len(drawn) == len(read_rows(comparables))
        Quality("All rows of the table that no model has seen", [row for row in full if content(row) not in seen], first, second).report()
    return 1 if wrong else 0


def write(files):
    for name, text in files.items():
        path = os.path.join(EXAMPLE, *name.split("/"))
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8", newline="") as file:
            file.write(text)


if __name__ == "__main__":
    sys.exit(main())
