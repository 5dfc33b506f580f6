#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 Parallax contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs the source.py of one Modelbit deployment over HTTP, on this machine only.

    python3 parallax_runner.py --source DIR --main-function NAME [--port 0]

Life cycle
    Once the model is imported, exactly one line goes to stdout: `listening on http://127.0.0.1:PORT`.
    Whatever the model prints goes to stderr, at import as well as later.
    The process ends at once, with 0, when its stdin reaches EOF (the parent is gone), on SIGTERM and on SIGINT.
    A model that cannot be imported: traceback on stderr, exit 1. A wrong command line: exit 2.

Requests
    GET /healthz                      {"status": "ok"}
    POST on any path, body JSON whatever the content type:
    {"data": X}                       main(X)              -> {"data": value}
    {"data": [a, b]}                  main(a, b)           -> {"data": value}
    {"data": [[id, a, b], ...]}       main(a, b) per row   -> {"data": [[id, value], ...]}, in the order of the request
    With --dataframe-mode the rows (one dict each) reach the main function as one pandas DataFrame indexed by the ids.

Errors
    {"error": "<traceback>"} with status 400. The service does not document its status for an exception of the model, and
    its clients decide by the presence of `error`. They do repeat a request on 429 and 5xx, which is wrong for an input
    the model refuses, so 400 it is. File names in a traceback are relative to the deployment: they are the same on
    every machine and in every checkout.

One request at a time runs in the model (--concurrency N for more), as an instance of the service does it: two
requests racing through a model's globals would look like a difference between models.
"""

import argparse
import dataclasses
import datetime
import decimal
import enum
import importlib.util
import json
import math
import os
import pickle
import signal
import socketserver
import sys
import threading
import traceback
import types
from http.server import BaseHTTPRequestHandler

MAX_BODY = 64 * 1024 * 1024
MAX_LINE = 64 * 1024


# --- values ---------------------------------------------------------------------------------------------------------

def plain(value):
    """The JSON-ready form of what a model returned: NaN and infinities become null, as the service does it."""
    if value is None or isinstance(value, (bool, str)):
        return value
    if isinstance(value, enum.Enum):
        return plain(value.value)
    if isinstance(value, int):
        return int(value)
    if isinstance(value, float):
        return float(value) if math.isfinite(value) else None
    if isinstance(value, dict):
        return {plain_key(key): plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    if isinstance(value, (set, frozenset)):
        return [plain(item) for item in in_stable_order(value)]
    if isinstance(value, (datetime.datetime, datetime.date, datetime.time)):
        return value.isoformat() if value == value else None  # pandas' NaT is not equal to itself
    if isinstance(value, decimal.Decimal):
        return float(value) if value.is_finite() else None
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return plain(dataclasses.asdict(value))
    if hasattr(value, "columns") and hasattr(value, "to_dict"):
        return plain(value.to_dict("records"))
    for name in ("tolist", "item"):
        method = getattr(value, name, None)
        if callable(method):
            return plain(method())
    if type(value).__name__ == "NAType":
        return None
    raise TypeError("Object of type %s is not JSON serializable" % type(value).__name__)


def plain_key(key):
    if isinstance(key, str):
        return key
    key = plain(key)
    if isinstance(key, str):
        return key
    if isinstance(key, (list, dict)):
        return str(key)
    return json.dumps(key)


def in_stable_order(values):
    """A set of strings has another order in every process; answers are compared, so the order is fixed."""
    try:
        return sorted(values)
    except TypeError:
        return sorted(values, key=lambda item: (type(item).__name__, repr(item)))


def encode(document):
    options = {"ensure_ascii": False, "allow_nan": False, "separators": (",", ":")}
    try:
        text = json.dumps(document, **options)
    except (TypeError, ValueError):
        text = json.dumps(plain(document), **options)
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError:  # a lone surrogate: only its escaped form can be sent
        return json.dumps(json.loads(text), allow_nan=False, separators=(",", ":")).encode("ascii")


# --- the model ------------------------------------------------------------------------------------------------------

class BadRequest(Exception):
    """The request itself is wrong; its text is the whole answer."""


class Model:
    def __init__(self, folder, main_name, dataframe_mode, concurrency):
        self.folder = folder
        self.dataframe_mode = dataframe_mode
        self.slots = threading.BoundedSemaphore(concurrency)
        offer_modelbit_module(folder)
        path = os.path.join(folder, "source.py")
        spec = importlib.util.spec_from_file_location("source", path)
        module = importlib.util.module_from_spec(spec)
        sys.modules["source"] = module
        spec.loader.exec_module(module)
        self.main = getattr(module, main_name, None)
        if not callable(self.main):
            raise AttributeError("source.py has no function %r" % main_name)

    def answer(self, body):
        """Status and body for the bytes of one request."""
        try:
            data = data_of(body)
            with self.slots:
                return 200, encode({"data": self.run(data)})
        except BadRequest as error:
            return 400, encode({"error": str(error)})
        except BaseException as error:  # also SystemExit: a model does not end its server
            return 400, encode({"error": self.describe(error)})

    def run(self, data):
        is_batch = isinstance(data, list) and (not data or isinstance(data[0], list))
        if is_batch:
            for number, row in enumerate(data):
                if not isinstance(row, list) or not row:
                    raise BadRequest("Row %d of the batch is not a list [id, argument, ...]" % number)
        if self.dataframe_mode:
            return self.run_dataframe(data, is_batch)
        if is_batch:
            return [[row[0], self.main(*row[1:])] for row in data]
        return self.main(*data) if isinstance(data, list) else self.main(data)

    def run_dataframe(self, data, is_batch):
        try:
            import pandas
        except ImportError as error:
            raise BadRequest("This deployment takes a DataFrame: pandas is needed in the Python that runs it (%s)" % error)
        rows = data if is_batch else [[0, data[0] if isinstance(data, list) else data]]
        for number, row in enumerate(rows):
            if len(row) != 2 or not isinstance(row[1], dict):
                raise BadRequest("Row %d is not [id, {column: value, ...}], which dataframe mode needs" % number)
        ids = [row[0] for row in rows]
        result = plain(self.main(pandas.DataFrame([row[1] for row in rows], index=ids)))
        if not isinstance(result, list) or len(result) != len(rows):
            raise ValueError("The main function must return one result for each of the %d rows" % len(rows))
        return [[identity, value] for identity, value in zip(ids, result)] if is_batch else result[0]

    def describe(self, error):
        """The traceback from the model's first line on, with file names relative to the deployment."""
        trace = error.__traceback__
        while trace is not None and trace.tb_frame.f_code.co_filename == __file__:
            trace = trace.tb_next
        text = "".join(traceback.format_exception(type(error), error, trace)).rstrip("\n")
        return text.replace('File "%s' % os.path.join(self.folder, ""), 'File "')


def data_of(body):
    try:
        document = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise BadRequest("The body is not JSON: %s" % error)
    if not isinstance(document, dict) or "data" not in document:
        raise BadRequest('The body has no "data": {"data": ...} is expected')
    return document["data"]


def offer_modelbit_module(folder):
    """What a source.py most often takes from `import modelbit`, where that package is not installed."""
    try:
        if importlib.util.find_spec("modelbit") is not None:
            return
    except (ImportError, ValueError):
        pass

    def load_value(name, *_ignored, **_also_ignored):
        path = os.path.join(folder, name)
        with open(path, "rb") as file:
            if file.read(14) == b"_: MBFileStub\n":
                raise ValueError("%s is a stub: its content is at Modelbit (clone with `modelbit clone`)" % name)
            file.seek(0)
            return pickle.load(file)

    def get_secret(name, *_ignored, **_also_ignored):
        if name not in os.environ:
            raise KeyError("secret %s: set it as an environment variable" % name)
        return os.environ[name]

    module = types.ModuleType("modelbit", "Stands in for the modelbit package: load_value and get_secret only.")
    module.load_value = load_value
    module.get_secret = get_secret
    sys.modules["modelbit"] = module


# --- HTTP -----------------------------------------------------------------------------------------------------------

class Server(socketserver.ThreadingMixIn, socketserver.TCPServer):
    daemon_threads = True
    block_on_close = False
    allow_reuse_address = os.name != "nt"
    request_queue_size = 256

    def handle_error(self, request, client_address):
        if not isinstance(sys.exc_info()[1], OSError):  # a caller that left is no news
            traceback.print_exc()


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    model = None

    def do_GET(self):
        if self.path.split("?", 1)[0] == "/healthz":
            self.reply(200, b'{"status":"ok"}')
        else:
            self.refuse(404, "Only GET /healthz and POST are answered")

    def do_POST(self):
        body = self.read_body()
        if body is not None:
            self.reply(*self.model.answer(body))

    def handle_expect_100(self):
        length = self.headers.get("Content-Length", "")
        if length.isdigit() and int(length) > MAX_BODY:
            self.refuse(413, "The body is longer than %d bytes" % MAX_BODY)
            return False
        self.wfile.write(b"HTTP/1.1 100 Continue\r\n\r\n")
        return True

    def read_body(self):
        """The bytes of the body, or None when the request has been refused."""
        codings = self.headers.get_all("Transfer-Encoding", [])
        lengths = self.headers.get_all("Content-Length", [])
        if codings:
            if lengths or len(codings) > 1:
                return self.refuse(400, "The length of the body is given twice")
            if codings[0].strip().lower() != "chunked":
                return self.refuse(501, "Transfer-Encoding %s is not supported" % codings[0])
            return self.read_chunks()
        if not lengths:
            return b""
        if len(lengths) > 1 or not (lengths[0].isascii() and lengths[0].strip().isdigit()):
            return self.refuse(400, "Content-Length is not a number")
        length = int(lengths[0])
        if length > MAX_BODY:
            return self.refuse(413, "The body is longer than %d bytes" % MAX_BODY)
        body = self.rfile.read(length)
        if len(body) < length:
            self.close_connection = True
            return None
        return body

    def read_chunks(self):
        parts = []
        total = 0
        while True:
            line = self.rfile.readline(MAX_LINE)
            text = line.split(b";", 1)[0].strip()
            if not text or len(text) > 16 or any(c not in b"0123456789abcdefABCDEF" for c in text):
                return self.refuse(400, "The chunked body is broken")
            size = int(text, 16)
            if size == 0:
                break
            total += size
            if total > MAX_BODY:
                return self.refuse(413, "The body is longer than %d bytes" % MAX_BODY)
            part = self.rfile.read(size)
            if len(part) < size or self.rfile.readline(MAX_LINE).strip():
                return self.refuse(400, "The chunked body is broken")
            parts.append(part)
        trailers = 0
        while self.rfile.readline(MAX_LINE).strip():
            trailers += 1
            if trailers > 100:
                return self.refuse(400, "The chunked body has too many trailers")
        return b"".join(parts)

    def refuse(self, status, text):
        """An answer after which the connection closes: its remaining bytes are not a request."""
        self.close_connection = True
        self.reply(status, encode({"error": text}))

    def send_error(self, code, message=None, explain=None):
        self.refuse(int(code), str(message or explain or self.responses.get(code, ("Error",))[0]))

    def reply(self, status, body):
        reason = self.responses.get(status, ("",))[0]
        head = ["HTTP/1.1 %d %s" % (status, reason), "Content-Type: application/json", "Content-Length: %d" % len(body)]
        if self.close_connection:
            head.append("Connection: close")
        elif self.request_version == "HTTP/1.0":
            head.append("Connection: keep-alive")
        data = ("\r\n".join(head) + "\r\n\r\n").encode("latin-1")
        if getattr(self, "command", None) != "HEAD":
            data += body
        self.wfile.write(data)

    def log_message(self, *_ignored):
        pass


# --- the process ----------------------------------------------------------------------------------------------------

def leave(*_ignored):
    try:
        sys.stderr.flush()
    except (OSError, ValueError):
        pass
    os._exit(0)


def take_stdout():
    """The descriptor of the real stdout, for us alone; descriptor 1 is stderr from here on, also for C code."""
    ours = os.dup(1)
    os.dup2(2, 1)
    sys.stdout.reconfigure(line_buffering=True)
    return ours


def leave_at_end_of_stdin():
    """A model that reads its stdin finds it empty; the real one only tells whether the parent lives."""
    ours = os.dup(0)
    null = os.open(os.devnull, os.O_RDONLY)
    os.dup2(null, 0)
    os.close(null)

    def watch():
        try:
            while os.read(ours, 4096):
                pass
        except OSError:
            pass
        leave()

    threading.Thread(target=watch, name="stdin", daemon=True).start()


def positive(text):
    value = int(text)
    if value < 1:
        raise argparse.ArgumentTypeError("must be 1 or more")
    return value


def parse_arguments():
    parser = argparse.ArgumentParser(description="Runs the source.py of one Modelbit deployment over HTTP.")
    parser.add_argument("--source", required=True, metavar="DIR", help="the deployment's folder, with its source.py")
    parser.add_argument("--main-function", required=True, metavar="NAME")
    parser.add_argument("--arguments", default="", metavar="NAME:TYPE,...",
                        help="mainFunctionArgs of the deployment; for the process list only, Python checks the call")
    parser.add_argument("--dataframe-mode", action="store_true", help="the rows reach the main function as a DataFrame")
    parser.add_argument("--port", type=int, default=0, help="on 127.0.0.1; 0 picks a free one")
    parser.add_argument("--concurrency", type=positive, default=1, metavar="N", help="requests at a time in the model")
    parser.add_argument("--deployment", default="", metavar="NAME", help="for the process list")
    parser.add_argument("--version", default="", metavar="N", help="for the process list")
    parser.add_argument("--branch", default="", metavar="NAME", help="for the process list")
    return parser.parse_args()


def main():
    options = parse_arguments()
    sys.dont_write_bytecode = True
    ready = take_stdout()
    signal.signal(signal.SIGTERM, leave)
    signal.signal(signal.SIGINT, leave)
    leave_at_end_of_stdin()
    try:
        folder = os.path.abspath(options.source)
        os.chdir(folder)
        sys.path.insert(0, folder)
        Handler.model = Model(folder, options.main_function, options.dataframe_mode, options.concurrency)
    except BaseException:
        traceback.print_exc()
        sys.stderr.flush()
        os._exit(1)  # at once, even when the model has started threads
    try:
        server = Server(("127.0.0.1", options.port), Handler)
    except (OSError, OverflowError) as error:
        sys.stderr.write("cannot listen on 127.0.0.1:%d: %s\n" % (options.port, error))
        os._exit(1)
    os.write(ready, b"listening on http://127.0.0.1:%d\n" % server.server_address[1])
    server.serve_forever()


if __name__ == "__main__":
    main()
