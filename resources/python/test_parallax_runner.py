# SPDX-FileCopyrightText: 2026 Parallax contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of parallax_runner.py: python3 -m unittest test_parallax_runner (standard library only)."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import textwrap
import unittest

RUNNER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "parallax_runner.py")
WAIT = 20

MODEL = """
    import datetime, math, sys
    print("printed while importing")

    class Number:
        def __init__(self, value): self.value = value
        def item(self): return self.value

    class Array:
        def __init__(self, values): self.values = values
        def tolist(self): return self.values

    def work(*args):
        print("printed by the model")
        what = args[0]
        if what == "raise":
            raise ValueError("bad input")
        if what == "exit":
            sys.exit(3)
        if what == "numbers":
            return {"nan": math.nan, "inf": [math.inf, -math.inf], "one": 1.5}
        if what == "kinds":
            return {"tuple": (1, 2), "set": {"b", "a"}, "date": datetime.date(2026, 1, 2),
                    "time": datetime.datetime(2026, 1, 2, 3, 4, 5), "item": Number(7), "list": Array([1, math.nan]), 3: "three"}
        if what == "object":
            return object()
        if what == "read":
            return sys.stdin.read()
        return list(args)
"""


class Running:
    """A runner on a model of its own; its stdin is kept open as the parent would."""

    def __init__(self, source, *arguments, folder="model", main="work"):
        self.home = tempfile.TemporaryDirectory()
        self.folder = os.path.join(self.home.name, folder)
        os.makedirs(self.folder)
        with open(os.path.join(self.folder, "source.py"), "w", encoding="utf-8") as file:
            file.write(textwrap.dedent(source))
        self.process = subprocess.Popen(
            [sys.executable, "-I", RUNNER, "--source", self.folder, "--main-function", main, *arguments],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        self.connection = None
        self.line = self.process.stdout.readline().decode()
        if self.line:
            self.port = int(self.line.rsplit(":", 1)[1])
            self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=WAIT)

    def post(self, body, **headers):
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.connection.request("POST", "/v1/anything/latest", data, headers)
        answer = self.connection.getresponse()
        return answer.status, json.loads(answer.read())

    def raw(self, data):
        """All bytes answered on a connection of its own, until the runner closes it."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=WAIT) as peer:
            peer.sendall(data)
            answer = b""
            while True:
                part = peer.recv(65536)
                if not part:
                    return answer
                answer += part

    def end(self):
        """Closes stdin and returns the exit code, what else came on stdout, and stderr."""
        if self.connection:
            self.connection.close()
        out, err = self.process.communicate(timeout=WAIT)
        self.home.cleanup()
        return self.process.returncode, out, err.decode()


class Answers(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.runner = Running(MODEL)

    @classmethod
    def tearDownClass(cls):
        code, out, err = cls.runner.end()
        assert (code, out) == (0, b""), (code, out)
        assert "printed while importing" in err and "printed by the model" in err, err

    def post(self, body, **headers):
        return self.runner.post(body, **headers)

    def test_ready_line(self):
        self.assertEqual(self.runner.line, "listening on http://127.0.0.1:%d\n" % self.runner.port)

    def test_health(self):
        self.runner.connection.request("GET", "/healthz")
        answer = self.runner.connection.getresponse()
        self.assertEqual((answer.status, json.loads(answer.read())), (200, {"status": "ok"}))

    def test_single(self):
        self.assertEqual(self.post({"data": {"my_key": 25}}), (200, {"data": [{"my_key": 25}]}))
        self.assertEqual(self.post({"data": "größer"}), (200, {"data": ["größer"]}))
        self.assertEqual(self.post({"data": None}), (200, {"data": [None]}))

    def test_positional_list(self):
        self.assertEqual(self.post({"data": [10, "M", [1]]}), (200, {"data": [10, "M", [1]]}))

    def test_batch_keeps_order_and_ids(self):
        self.assertEqual(self.post({"data": [[3, 1, "two"], ["a", 4, "five"], [1, 0]]}),
                         (200, {"data": [[3, [1, "two"]], ["a", [4, "five"]], [1, [0]]]}))
        self.assertEqual(self.post({"data": []}), (200, {"data": []}))

    def test_batch_with_a_broken_row(self):
        status, body = self.post({"data": [[1, 2], 3]})
        self.assertEqual((status, body["error"]), (400, "Row 1 of the batch is not a list [id, argument, ...]"))

    def test_exception(self):
        status, body = self.post({"data": "raise"})
        self.assertEqual(status, 400)
        self.assertTrue(body["error"].startswith('Traceback (most recent call last):\n  File "source.py", line '), body)
        self.assertTrue(body["error"].endswith("\nValueError: bad input"), body)
        self.assertNotIn("parallax_runner", body["error"])
        self.assertEqual(self.post({"data": [[1, "fine"], [2, "raise"]]})[0], 400)

    def test_the_model_cannot_end_the_server(self):
        self.assertTrue(self.post({"data": "exit"})[1]["error"].endswith("SystemExit: 3"))
        self.assertEqual(self.post({"data": 1}), (200, {"data": [1]}))

    def test_bad_json(self):
        for body in (b"", b"{", b"[1]", b'{"date": 1}', b"\xff\xfe\xfd", b"[" * 100000):
            status, answer = self.post(body)
            self.assertEqual((status, list(answer)), (400, ["error"]), body[:20])

    def test_content_type_does_not_matter(self):
        self.assertEqual(self.post({"data": 1}, **{"Content-Type": "application/x-www-form-urlencoded"})[0], 200)

    def test_nan(self):
        self.assertEqual(self.post({"data": "numbers"}), (200, {"data": {"nan": None, "inf": [None, None], "one": 1.5}}))
        self.assertEqual(self.post(b'{"data": [1, NaN]}'), (200, {"data": [1, None]}))

    def test_kinds(self):
        self.assertEqual(self.post({"data": "kinds"}), (200, {"data": {
            "tuple": [1, 2], "set": ["a", "b"], "date": "2026-01-02", "time": "2026-01-02T03:04:05",
            "item": 7, "list": [1, None], "3": "three"}}))
        self.assertTrue(self.post({"data": "object"})[1]["error"].endswith("Object of type object is not JSON serializable"))

    def test_surrogate(self):
        self.assertEqual(self.post(b'{"data": "\\ud800"}'), (200, {"data": ["\ud800"]}))

    def test_the_model_finds_stdin_empty(self):
        self.assertEqual(self.post({"data": "read"}), (200, {"data": ""}))

    def test_keep_alive_and_pipelining(self):
        one = b'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 11\r\n\r\n{"data": 1}'
        last = one.replace(b"Host: a", b"Host: a\r\nConnection: close")
        answer = self.runner.raw(one + one + last)
        self.assertEqual(answer.count(b"HTTP/1.1 200 OK"), 3)
        self.assertEqual(answer.count(b'{"data":[1]}'), 3)

    def test_chunked(self):
        answer = self.runner.raw(b"POST / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n"
                                 b'5;x=y\r\n{"dat\r\n6\r\na": 1}\r\n0\r\nTrailer: t\r\n\r\n')
        self.assertTrue(answer.endswith(b'\r\n\r\n{"data":[1]}'), answer)
        self.assertIn(b"\r\nConnection: close\r\n", answer)
        answer = self.runner.raw(b"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n")
        self.assertTrue(answer.startswith(b"HTTP/1.1 400 "), answer)

    def test_expect_continue(self):
        with socket.create_connection(("127.0.0.1", self.runner.port), timeout=WAIT) as peer:
            peer.sendall(b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 11\r\nExpect: 100-continue\r\n\r\n")
            self.assertEqual(peer.recv(100), b"HTTP/1.1 100 Continue\r\n\r\n")
            peer.sendall(b'{"data": 1}')
            self.assertTrue(peer.recv(65536).startswith(b"HTTP/1.1 200 OK\r\n"))

    def test_refusals(self):
        for head, status in ((b"POST / HTTP/1.1\r\nContent-Length: 67108865\r\n\r\n", b"413"),
                             (b"POST / HTTP/1.1\r\nContent-Length: 67108865\r\nExpect: 100-continue\r\n\r\n", b"413"),
                             (b"POST / HTTP/1.1\r\nContent-Length: x\r\n\r\n", b"400"),
                             (b"POST / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n", b"400"),
                             (b"POST / HTTP/1.1\r\nTransfer-Encoding: gzip\r\n\r\n", b"501"),
                             (b"GET / HTTP/1.1\r\n\r\n", b"404"),
                             (b"PUT / HTTP/1.1\r\n\r\n", b"501")):
            answer = self.runner.raw(head)
            self.assertEqual(answer[:12], b"HTTP/1.1 " + status, head)
            self.assertEqual(list(json.loads(answer.split(b"\r\n\r\n", 1)[1])), ["error"])


class LifeCycle(unittest.TestCase):
    def test_end_of_stdin(self):
        runner = Running(MODEL)
        self.assertEqual(runner.end()[:2], (0, b""))

    def test_end_of_stdin_while_importing(self):
        with tempfile.TemporaryDirectory() as folder:
            with open(os.path.join(folder, "source.py"), "w", encoding="utf-8") as file:
                file.write("import threading\nthreading.Event().wait()\n")
            done = subprocess.run([sys.executable, RUNNER, "--source", folder, "--main-function", "f"],
                                  stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, timeout=WAIT)
        self.assertEqual((done.returncode, done.stdout), (0, b""))

    @unittest.skipIf(os.name == "nt", "no such signals there")
    def test_signals(self):
        for number in (signal.SIGTERM, signal.SIGINT):
            runner = Running(MODEL)
            runner.process.send_signal(number)
            self.assertEqual(runner.process.wait(WAIT), 0)
            runner.end()

    def test_import_error(self):
        runner = Running("import a_module_that_is_nowhere\n")
        self.assertEqual(runner.line, "")
        code, _, err = runner.end()
        self.assertEqual(code, 1)
        self.assertIn("Traceback (most recent call last):", err)
        self.assertIn("ModuleNotFoundError: No module named 'a_module_that_is_nowhere'", err)

    def test_no_such_function(self):
        runner = Running(MODEL, main="nowhere")
        code, _, err = runner.end()
        self.assertEqual((runner.line, code), ("", 1))
        self.assertIn("source.py has no function 'nowhere'", err)

    def test_path_with_space_and_accents_read_only(self):
        home = tempfile.TemporaryDirectory()
        folder = os.path.join(home.name, "modèle à part", "v 1")
        os.makedirs(folder)
        for name, text in (("source.py", "import os, helper\ndef work(x): return [helper.VALUE, os.path.basename(os.getcwd()), 1 // x]\n"),
                           ("helper.py", "VALUE = 'beside'\n")):
            with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
                file.write(text)
        os.chmod(folder, 0o555)
        process = subprocess.Popen([sys.executable, "-I", RUNNER, "--source", folder, "--main-function", "work",
                                    "--arguments", "x:int", "--deployment", "d", "--version", "3", "--branch", "feat/x"],
                                   stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        connection = http.client.HTTPConnection("127.0.0.1", int(process.stdout.readline().rsplit(b":", 1)[1]), timeout=WAIT)
        connection.request("POST", "/", b'{"data": 1}')
        self.assertEqual(json.loads(connection.getresponse().read()), {"data": ["beside", "v 1", 1]})
        connection.request("POST", "/", b'{"data": 0}')
        error = json.loads(connection.getresponse().read())["error"]
        self.assertIn('File "source.py", line 2, in work', error)
        connection.close()
        process.communicate(timeout=WAIT)
        self.assertEqual(process.returncode, 0)
        self.assertEqual(sorted(os.listdir(folder)), ["helper.py", "source.py"])
        os.chmod(folder, 0o755)
        home.cleanup()

    def test_modelbit_stands_in(self):
        runner = Running("import modelbit\ndef work(name):\n    return modelbit.get_secret(name)\n")
        self.assertTrue(runner.post({"data": "NO_SUCH_SECRET_HERE"})[1]["error"]
                        .endswith("KeyError: 'secret NO_SUCH_SECRET_HERE: set it as an environment variable'"))
        self.assertEqual(runner.end()[0], 0)

    def test_dataframe_mode(self):
        runner = Running("def work(frame):\n    return [a + 1 for a in frame['a']]\n", "--dataframe-mode")
        status, body = runner.post({"data": [[7, {"a": 1}], [3, {"a": 5}]]})
        if status == 200:
            self.assertEqual(body, {"data": [[7, 2], [3, 6]]})
            self.assertEqual(runner.post({"data": {"a": 1}}), (200, {"data": 2}))
        else:
            self.assertIn("pandas is needed", body["error"])
        self.assertEqual(runner.end()[0], 0)


if __name__ == "__main__":
    unittest.main()
