#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 Parallax contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Expected values for core/compare's statistics, made by scipy, statsmodels and plain enumeration.

Needs python3-scipy and python3-statsmodels (made with scipy 1.10.1, statsmodels 0.13.5, numpy 1.24.2); neither the
build nor the tests need them: the results are committed. Run from anywhere, it rewrites tests/data/statistics/*.json:

    /usr/bin/python3 tests/oracle/statistics_oracle.py

Published values are asserted here, so that the oracle itself stands on them:
[Newcombe]  R. G. Newcombe, Statistics in Medicine 17 (1998) 857, table I, method 3 (Wilson's score interval).
[Darwin]    C. Darwin's cross- and self-fertilised plants, as in the manual of scipy.stats.wilcoxon: W = 24, p = 0.0413.
[HW]        M. Hollander, D. Wolfe, Nonparametric Statistical Methods (1973) 29, depression scale, as in the manual of R's
            wilcox.test: V = 40, one-sided p = 0.01953.
[Agresti]   A. Agresti, Categorical Data Analysis (1990) 350, approval of the president: 86 against 150 changed their mind,
            z squared = 17.36 without continuity correction.
[Stuart]    A. Stuart, Biometrika 40 (1953) 105, unaided vision of 7,477 women; Bowker's chi-squared 19.11 on 6.
[BA]        J. M. Bland, D. G. Altman, Lancet 327 (1986) 307, peak flow of 17 subjects: mean -2.1, sd 38.8.
[TV]        the IQ and television example of rank correlation: rho = -29/165.
[Cohen]     20, 5, 10, 15: kappa = 0.4.
[Tea]       R. A. Fisher, The Design of Experiments (1935): the lady tasting tea, p = 0.4857 two-sided.
"""
import itertools
import json
import math
import pathlib
from collections import Counter
from fractions import Fraction

import numpy as np
import scipy.special
import scipy.stats as st
from statsmodels.stats.contingency_tables import SquareTable, mcnemar
from statsmodels.stats.inter_rater import cohens_kappa
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import proportion_confint, proportions_ztest

OUT = pathlib.Path(__file__).resolve().parent.parent / "data" / "statistics"
rng = np.random.default_rng(20260101)


def near(actual, expected, tolerance):
    assert abs(actual - expected) <= tolerance, (actual, expected)


def plain(values, digits=6):
    return [round(float(v), digits) for v in values]


def samples():
    """Named samples: random, tied, sparse, tiny, constant, far from zero, of extreme size."""
    named = {
        "one": [0.25],
        "one zero": [0.0],
        "two": [1.5, -0.5],
        "two equal": [2.0, 2.0],
        "two opposite": [1.0, -1.0],
        "three": [0.1, 0.2, -0.4],
        "constant": [0.1] * 40,
        "all zero": [0.0] * 12,
        "one of many": [0.0] * 59 + [3.0],
        "equal sizes": [1.0, -1.0] * 9 + [1.0] * 5,
        "far from zero": plain(1e9 + rng.normal(size=40), 3),
        "tiny numbers": [float(f"{v:.5e}") for v in rng.normal(size=40) * 1e-150],
        "huge numbers": [float(f"{v:.5e}") for v in rng.normal(size=40) * 1e120],
        "exponential": plain(rng.exponential(size=80) - 0.7),
        "cauchy": plain(rng.standard_cauchy(size=60)),
    }
    for n in (3, 5, 6, 10, 23, 24, 25, 26, 60, 300):
        named[f"normal {n}"] = plain(rng.normal(0.15, 1.0, n))
        named[f"tied {n}"] = [float(v) for v in rng.integers(-3, 5, n)]
    for n in (30, 200):
        values = rng.normal(0.3, 1.0, n)
        values[rng.random(n) < 0.7] = 0.0
        named[f"mostly zero {n}"] = plain(values)
    return named


SAMPLES = samples()


# --- intervals -------------------------------------------------------------------------------------------------------

def wilson_cases():
    published = {(81, 263): (0.2553, 0.3662), (15, 148): (0.0624, 0.1605), (0, 20): (0.0, 0.1611), (1, 29): (0.0061, 0.1718)}
    for (k, n), (low, high) in published.items():
        actual = proportion_confint(k, n, 0.05, "wilson")
        near(actual[0], low, 5e-5)
        near(actual[1], high, 5e-5)
    cases = []
    counts = list(published) + [(0, 1), (1, 1), (0, 2), (1, 2), (2, 2), (30, 30), (380, 380), (381, 381), (4812, 5000), (4905, 5000),
                                (49999, 50000), (12.5, 30), (99.75, 100), (0.125, 40), (1e6 - 1, 1e6)]
    for k, n in counts:
        for confidence in (0.90, 0.95, 0.99):
            low, high = proportion_confint(k, n, 1 - confidence, "wilson")
            cases.append({"successes": k, "n": int(n), "confidence": confidence, "low": max(0.0, float(low)), "high": min(1.0, float(high))})
    return cases


def mt19937_64(seed):
    """M. Matsumoto, T. Nishimura's 64-bit generator as ISO C++ [rand.predef] fixes it, written out independently."""
    mask = (1 << 64) - 1
    state = [seed]
    for i in range(1, 312):
        state.append((6364136223846793005 * (state[-1] ^ (state[-1] >> 62)) + i) & mask)
    while True:
        for i in range(312):
            x = (state[i] & 0xFFFFFFFF80000000) | (state[(i + 1) % 312] & 0x7FFFFFFF)
            state[i] = state[(i + 156) % 312] ^ (x >> 1) ^ (0xB5026F5AA96619E9 if x & 1 else 0)
        for y in list(state):
            y ^= (y >> 29) & 0x5555555555555555
            y ^= (y << 17) & 0x71D67FFFEDA60000
            y ^= (y << 37) & 0xFFF7EEE000000000
            yield y ^ (y >> 43)


def check_generator():
    generator = mt19937_64(5489)
    for _ in range(9999):
        next(generator)
    assert next(generator) == 9981545732273789042  # ISO C++: the 10000th value of a default-constructed mt19937_64


def resampled_means(values, seed, resamples=2000):
    """The documented draw: two indices from each 64 bits, upper half first, scaled from 32 bits."""
    n = len(values)
    generator = mt19937_64(seed)
    centre = math.fsum(values) / n
    deviations = [v - centre for v in values]
    means = []
    for _ in range(resamples):
        total = 0.0
        for i in range(0, n, 2):
            draw = next(generator)
            total += deviations[((draw >> 32) * n) >> 32]
            if i + 1 < n:
                total += deviations[((draw & 0xFFFFFFFF) * n) >> 32]
        means.append(centre + total / n)
    return means


def mean_cases():
    check_generator()
    cases = []
    for name, values in SAMPLES.items():
        n = len(values)
        case = {"name": name, "values": values, "mean": math.fsum(values) / n,
                "sd": None if n < 2 else (0.0 if len(set(values)) == 1 else float(np.std(values, ddof=1))), "intervals": []}
        # The formula of numpy.std loses nothing here: fsum of exact squares agrees.
        if n >= 2 and case["sd"]:
            exact = [Fraction(v) for v in values]
            centre = sum(exact) / n
            # scaled by an exact power of two, so that huge and tiny squares stay in the range of a float
            scale = Fraction(2) ** math.frexp(max(abs(v) for v in values))[1]
            squares = sum(((v - centre) / scale) ** 2 for v in exact)
            near(math.sqrt(squares / (n - 1)) * float(scale), case["sd"], 1e-6 * case["sd"])
            case["sd"] = math.sqrt(squares / (n - 1)) * float(scale)
        if n >= 2:
            spread = max(values) - min(values)
            means = [case["mean"]] * 2000 if spread == 0 else resampled_means(values, 20260101)
            for confidence in (0.90, 0.95):
                low, high = np.quantile(means, [(1 - confidence) / 2, (1 + confidence) / 2])
                entry = {"confidence": confidence, "low": float(low), "high": float(high)}
                # Means of few distinct values lie on a lattice, where quantiles jump: those only by the exact draw.
                if n >= 5 and name.split()[0] in ("normal", "exponential", "cauchy", "far", "mostly"):
                    other = st.bootstrap((np.array(values),), np.mean, confidence_level=confidence, n_resamples=50000,
                                         method="percentile", random_state=7, batch=2000).confidence_interval
                    entry["scipyLow"], entry["scipyHigh"] = float(other.low), float(other.high)
                case["intervals"].append(entry)
        cases.append(case)
    wright = [494, 395, 516, 434, 476, 557, 413, 442, 650, 433, 417, 656, 267, 478, 178, 423, 427]
    mini = [512, 430, 520, 428, 500, 600, 364, 380, 658, 445, 432, 626, 260, 477, 259, 350, 451]
    near(np.mean(np.subtract(wright, mini)), -2.1, 0.05)
    near(np.std(np.subtract(wright, mini), ddof=1), 38.8, 0.05)
    difference = [float(a - b) for a, b in zip(wright, mini)]
    centre, sd = float(np.mean(difference)), float(np.std(difference, ddof=1))
    limits = {"values": difference, "low": centre - 1.96 * sd, "high": centre + 1.96 * sd}
    return cases, limits


def student_cases():
    """Above 5,000 values: too many to commit, so both sides make them: i * 0.618033988749895 modulo 1, plus an offset."""
    cases = []
    for n in (5001, 20000):
        values = np.array([math.fmod(i * 0.618033988749895, 1.0) for i in range(n)])
        for confidence in (0.90, 0.95, 0.999):
            low, high = st.t.interval(confidence, n - 1, loc=values.mean(), scale=st.sem(values))
            cases.append({"n": n, "confidence": confidence, "low": low, "high": high})
    return cases


def quantile_cases():
    return [{"name": name, "values": values, "shares": [0, 0.01, 0.25, 0.5, 0.9, 0.95, 0.999, 1],
             "quantiles": [float(v) for v in np.quantile(values, [0, 0.01, 0.25, 0.5, 0.9, 0.95, 0.999, 1])]}
            for name, values in SAMPLES.items() if len(values) <= 60]


def median_ranks(n, confidence):
    """By exact integer arithmetic: the largest k whose two tails together stay within 1 - confidence."""
    tail = Fraction(1 - Fraction(str(confidence)), 2) * 2**n
    below, k = 0, 0
    while True:
        below += math.comb(n, k)
        if below > tail:
            return k
        k += 1


def median_cases():
    # D. C. Montgomery style tables of the sign test: n = 6: 1st and 6th; 10: 2nd and 9th; 20: 6th and 15th; 100: 40th and 61st.
    for n, rank in ((5, 0), (6, 1), (10, 2), (20, 6), (100, 40)):
        assert median_ranks(n, 0.95) == rank, n
    return [{"n": n, "confidence": confidence, "rank": median_ranks(n, confidence)}
            for n in [1, 2, 3, 5, 6, 7, 8, 9, 10, 11, 20, 21, 50, 99, 100, 101, 500, 1001, 5000]
            for confidence in (0.90, 0.95, 0.99)]


def holm_cases():
    sets = [[], [0.04], [0.01, 0.04, 0.03, 0.005], [0.0, 1.0], [0.5] * 4, [0.02, 0.02, 0.02], plain(rng.random(12) ** 3, 8)]
    return [{"p": p, "adjusted": [float(v) for v in multipletests(p, method="holm")[1]] if p else []} for p in sets]


def distribution_cases():
    points = []
    for p in (1e-9, 0.00025, 0.025, 0.05, 0.5, 0.8, 0.975, 0.9995, 1 - 1e-9):
        points.append({"what": "normalQuantile", "p": p, "value": float(st.norm.ppf(p))})
        for df in (1, 2, 5, 29, 499, 49999):
            points.append({"what": "studentQuantile", "p": p, "df": df, "value": float(st.t.ppf(p, df))})
    for z in (-38, -8, -1.96, 0, 0.3, 3, 9):
        points.append({"what": "normalCdf", "p": z, "value": float(st.norm.cdf(z))})
    for x in (0, 1e-6, 0.5, 3.84, 19.107, 100, 700):
        for df in (1, 2, 6, 1225):
            points.append({"what": "chiSquaredSurvival", "p": x, "df": df, "value": float(st.chi2.sf(x, df))})
    for n, k in ((1, 0), (24, 0), (24, 7), (24, 23), (1000, 450), (50000, 24780)):
        points.append({"what": "fairBinomialCdf", "p": k, "df": n, "value": float(st.binom.cdf(k, n, 0.5))})
    for n in (0, 1, 2, 20, 1000, 50000):
        points.append({"what": "logFactorial", "p": n, "value": float(scipy.special.gammaln(n + 1))})
    return points


# --- rank tests ------------------------------------------------------------------------------------------------------

def signed_rank_exact(values):
    """All sign patterns of the ranks, by convolution of exact counts; enumerated one by one where that is possible."""
    ranks = st.rankdata(np.abs(values))
    doubled = [int(round(2 * r)) for r, v in zip(ranks, values) if v != 0]
    seen = sum(int(round(2 * r)) for r, v in zip(ranks, values) if v > 0)
    counts = Counter({0: 1})
    for r in doubled:
        counts = counts + Counter({total + r: count for total, count in counts.items()})
    if len(doubled) <= 10:
        brute = Counter(sum(r for r, chosen in zip(doubled, signs) if chosen) for signs in itertools.product((0, 1), repeat=len(doubled)))
        assert brute == counts
    everything = 2 ** len(doubled)
    greater = Fraction(sum(c for t, c in counts.items() if t >= seen), everything)
    less = Fraction(sum(c for t, c in counts.items() if t <= seen), everything)
    return float(min(Fraction(1), 2 * min(greater, less))), float(greater), float(less)


def wilcoxon_cases():
    darwin = [6, 8, 14, 16, 23, 24, 28, 29, 41, -48, 49, 56, 60, -67, 75]
    depression = [round(a - b, 3) for a, b in zip([1.83, 0.50, 1.62, 2.48, 1.68, 1.88, 1.55, 3.06, 1.30],
                                                  [0.878, 0.647, 0.598, 2.05, 1.06, 1.29, 1.06, 3.14, 1.29])]
    near(signed_rank_exact(darwin)[0], 0.041259765625, 1e-12)
    near(signed_rank_exact(depression)[1], 0.01953, 5e-6)
    named = dict(SAMPLES, Darwin=[float(v) for v in darwin], depression=depression)
    cases = []
    # Few differences among very many zeros: these are not committed, `zeros` says how many precede the values.
    many = {"24 of 100,024": (100_000, SAMPLES["tied 60"]), "40 of 100,040": (100_000, SAMPLES["normal 60"])}
    many = {name: (zeros, [v for v in values if v != 0][: int(name[:2])]) for name, (zeros, values) in many.items()}
    for name, (zeros, some) in ({name: (0, values) for name, values in named.items()} | many).items():
        values = [0.0] * zeros + some
        non_zero = sum(v != 0 for v in values)
        ranks = st.rankdata(np.abs(values))
        rank_sum = float(sum(r for r, v in zip(ranks, values) if v > 0))
        exact = non_zero < 25
        if non_zero == 0:
            p = (1.0, 1.0, 1.0)
        elif exact:
            p = signed_rank_exact(values)
            if len(set(np.abs(values))) == len(values) and non_zero == len(values):
                for mine, alternative in zip(p, ("two-sided", "greater", "less")):
                    near(mine, st.wilcoxon(values, alternative=alternative, method="exact").pvalue, 1e-12)
        else:
            p = tuple(float(st.wilcoxon(values, zero_method="pratt", correction=False, method="approx", alternative=alternative).pvalue)
                      for alternative in ("two-sided", "greater", "less"))
        cases.append({"name": name, "zeros": zeros, "values": some, "nonZero": non_zero, "rankSum": rank_sum, "exact": exact,
                      "twoSided": p[0], "greater": p[1], "less": p[2]})
    return cases


def correlation_cases():
    iq = [106, 100, 86, 101, 99, 103, 97, 113, 112, 110]
    tv = [7, 27, 2, 50, 28, 29, 20, 12, 6, 17]
    near(st.spearmanr(iq, tv).correlation, -29 / 165, 1e-12)
    x = plain(rng.normal(size=60))
    pairs = {
        "IQ and television": (iq, tv),
        "manual of kendalltau": ([12, 2, 1, 12, 2], [1, 4, 7, 1, 0]),
        "two": ([1, 2], [5, 3]),
        "normal": (x, plain(np.array(x) * 0.6 + rng.normal(size=60))),
        "tied": (rng.integers(0, 4, 80).tolist(), rng.integers(0, 4, 80).tolist()),
        "strongly tied": ([0] * 30 + [1] * 10, rng.integers(0, 2, 40).tolist()),
        "equal": (x, x),
        "reversed": (x, [-v for v in x]),
        "far from zero": (plain(1e8 + np.array(x), 3), plain(1e8 - np.array(x) + rng.normal(size=60) * 0.1, 3)),
        "one": ([1], [2]),
        "none": ([], []),
        "constant left": ([3, 3, 3], [1, 2, 3]),
        "constant right": ([1, 2, 3], [0.1, 0.1, 0.1]),
        "both constant": ([1, 1], [2, 2]),
    }
    cases = []
    for name, (a, b) in pairs.items():
        a, b = [float(v) for v in a], [float(v) for v in b]
        defined = len(a) >= 2 and len(set(a)) > 1 and len(set(b)) > 1
        cases.append({"name": name, "x": a, "y": b,
                      "pearson": float(np.corrcoef(a, b)[0, 1]) if defined else None,
                      "spearman": float(st.spearmanr(a, b).correlation) if defined else None,
                      "kendall": float(st.kendalltau(a, b).correlation) if defined else None})
    return cases


# --- labels and shares -----------------------------------------------------------------------------------------------

def mcnemar_cases():
    near(mcnemar([[794, 150], [86, 570]], exact=False, correction=False).statistic, 17.36, 0.005)
    cases = []
    for b, c in [(0, 0), (0, 1), (1, 1), (0, 5), (6, 0), (12, 12), (4, 20), (7, 17), (5, 20), (25, 0), (60, 20), (86, 150), (51, 50), (1000, 1200)]:
        exact = b + c < 25
        p = float(mcnemar([[0, b], [c, 0]], exact=exact, correction=True).pvalue) if b + c else 1.0
        cases.append({"b": b, "c": c, "exact": exact, "p": p})
    # Balanced flips: Edwards' correction may not overshoot (statsmodels lets it, R does not).
    cases.append({"b": 50, "c": 50, "exact": False, "p": 1.0})
    return cases


def table_cases():
    vision = [[1520, 266, 124, 66], [234, 1512, 432, 78], [117, 362, 1772, 205], [36, 82, 179, 492]]
    near(SquareTable(np.array(vision), shift_zeros=False).symmetry().statistic, 19.107, 0.0005)
    near(cohens_kappa(np.array([[20, 5], [10, 15]])).kappa, 0.4, 1e-12)
    tables = {
        "Cohen": [[20, 5], [10, 15]],
        "Stuart": vision,
        "random": rng.integers(1, 30, (5, 5)).tolist(),
        "perfect": [[10, 0], [0, 12]],
        "opposite": [[0, 10], [12, 0]],
        "one pair": [[0, 1], [0, 0]],
        "one label only": [[25, 0], [0, 0]],
        "one side constant": [[10, 5], [0, 0]],
        "cyclic": [[0, 9, 0], [0, 0, 9], [9, 0, 0]],
        "empty": [[0, 0], [0, 0]],
        "single label": [[7]],
        "sparse": [[30, 4, 0, 0], [1, 20, 0, 0], [0, 0, 9, 7], [0, 0, 0, 0]],
    }
    cases = []
    for name, table in tables.items():
        t = np.array(table, dtype=float)
        total = t.sum()
        kappa = None
        if total > 0 and (t.sum(0) * t.sum(1)).sum() < total * total:
            with np.errstate(all="ignore"):  # of its standard errors, which are not used
                kappa = float(cohens_kappa(t).kappa)
        bowker, discordant = None, 0.0
        if len(table) >= 2 and total > 0:
            cells = [(t[i, j], t[j, i]) for i in range(len(t)) for j in range(i + 1, len(t)) if t[i, j] + t[j, i] > 0]
            discordant = sum(a + b for a, b in cells)
            statistic = sum((a - b) ** 2 / (a + b) for a, b in cells)
            bowker = float(st.chi2.sf(statistic, len(cells))) if cells else 1.0
            if len(cells) == len(t) * (len(t) - 1) // 2:
                near(bowker, SquareTable(t, shift_zeros=False).symmetry().pvalue, 1e-12)
        cases.append({"name": name, "counts": table, "kappa": kappa, "bowker": bowker, "discordant": int(discordant)})
    return cases


def share_cases():
    near(st.fisher_exact([[3, 1], [1, 3]])[1], 0.4857142857142857, 1e-12)
    cases = []
    for a, n, b, m in [(3, 4, 1, 4), (0, 5, 990, 1000), (5, 5, 0, 1), (10, 10, 20, 20), (0, 10, 0, 20), (1, 1, 0, 1), (40, 60, 300, 400),
                       (900, 1000, 850, 1000), (99, 100, 9000, 10000), (3, 12, 49000, 50000), (2, 30, 1, 28), (7.5, 20, 12.25, 40)]:
        pooled = (a + b) / (n + m)
        exact = 0 < pooled < 1 and min(n, m) * min(pooled, 1 - pooled) < 5
        if pooled in (0, 1):
            p = 1.0
        elif exact:
            p = float(st.fisher_exact([[a, n - a], [b, m - b]])[1])
        else:
            p = float(proportions_ztest([a, b], [n, m])[1])
        cases.append({"a": a, "n": n, "b": b, "m": m, "exact": bool(exact), "p": p})
    return cases


# --- similarity ------------------------------------------------------------------------------------------------------

def rbo_by_definition(a, b, p):
    """Equation 32's model summed to depth 4,000: seen overlap, then the agreement assumed for what was not seen."""
    s, l = sorted((a, b), key=len)
    overlap = lambda d: len(set(s[:d]) & set(l[:d]))
    x_s, x_l = overlap(len(s)), len(set(s) & set(l))
    total = 0.0
    for d in range(1, 4000):
        if d <= len(s):
            agreement = overlap(d) / d
        elif d <= len(l):
            # beyond the short list its unseen items agree at the rate of its end
            agreement = (overlap(d) + x_s * (d - len(s)) / len(s)) / d
        else:
            agreement = (x_l - x_s) / len(l) + x_s / len(s)
        total += agreement * p ** (d - 1)
    return (1 - p) * total


def ranking_cases():
    lists = [([1, 2, 3], [1, 2, 3]), ([1, 2, 3], [3, 2, 1]), ([1, 2], [3, 4]), ([1], [1]), ([1, 2, 3, 4, 5], [2, 1]), ([7, 1, 2], [1, 2, 3, 4, 7, 9, 8]),
             ([1, 2, 3, 4, 5, 6, 7], [1, 3, 2, 4, 5, 7, 6]), (rng.permutation(30).tolist(), rng.permutation(30).tolist()),
             (rng.permutation(40)[:12].tolist(), rng.permutation(40)[:25].tolist())]
    cases = []
    for a, b in lists:
        for p in (0.5, 0.9, 0.98):
            k = 5
            top = len(set(a[:k]) & set(b[:k])) / max(len(a[:k]), len(b[:k]))
            cases.append({"a": a, "b": b, "persistence": p, "rbo": rbo_by_definition(a, b, p), "k": k, "overlap": top})
    return cases


def edit_distance(a, b):
    """The full table, nothing given up."""
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        diagonal, row[0] = row[0], i
        for j, y in enumerate(b, 1):
            diagonal, row[j] = row[j], min(diagonal + (x != y), row[j] + 1, row[j - 1] + 1)
    return row[-1]


def edit_cases():
    assert edit_distance("kitten", "sitting") == 3 and edit_distance("saturday", "sunday") == 3
    texts = [("", ""), ("", "abc"), ("kitten", "sitting"), ("saturday", "sunday"), ("same", "same"), ("flaw", "lawn"), ("a", "b"),
             ("gr\u00fc\u00dfe", "grusse"), ("\U0001F600x", "\U0001F601x")]
    for length in (5, 12, 30, 60):
        for _ in range(8):
            a = "".join(rng.choice(list("abc"), rng.integers(0, length + 1)))
            b = "".join(rng.choice(list("abc"), rng.integers(0, length + 1)))
            texts.append((a, b))
    return [{"a": a, "b": b, "distance": edit_distance(a, b)} for a, b in texts]


def cosine_cases():
    vectors = [([1, 0], [0, 1]), ([1, 2, 3], [2, 4, 6]), ([1, 2, 3], [-1, -2, -3]), (plain(rng.normal(size=64)), plain(rng.normal(size=64)))]
    cases = []
    for a, b in vectors:
        a, b = np.array(a, dtype=float), np.array(b, dtype=float)
        cases.append({"a": a.tolist(), "b": b.tolist(), "cosine": float(a @ b / (np.linalg.norm(a) * np.linalg.norm(b)))})
    return cases


def write(name, content):
    text = json.dumps(content, indent=None, separators=(", ", ": "), allow_nan=False)
    # One case a line: a changed value shows as a changed line.
    text = text.replace("}, {", "},\n{").replace("]}, {", "]},\n{").replace(": [{", ": [\n{")
    (OUT / name).write_text(text + "\n", encoding="utf-8")


def main():
    OUT.mkdir(parents=True, exist_ok=True)
    means, limits = mean_cases()
    write("intervals.json", {"wilson": wilson_cases(), "means": means, "limits": limits, "student": student_cases(), "quantiles": quantile_cases(),
                             "medians": median_cases(), "holm": holm_cases(), "distributions": distribution_cases()})
    write("ranktests.json", {"wilcoxon": wilcoxon_cases(), "correlations": correlation_cases()})
    write("labels.json", {"mcnemar": mcnemar_cases(), "tables": table_cases(), "shares": share_cases()})
    write("similarity.json", {"rankings": ranking_cases(), "texts": edit_cases(), "cosines": cosine_cases()})


if __name__ == "__main__":
    main()
