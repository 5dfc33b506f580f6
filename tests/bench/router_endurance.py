#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 Parallax contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the router holds over time, with the real binary: needs Linux and python3, listens on loopback only.

    router_endurance.py bigbody --cli build/release/app/parallax-cli [--gib 1]
        One body of that size through the router to the primary and one mirror: both get the caller's bytes, and the
        router grows by less than 100 MiB. Limits: contract of the router.
    router_endurance.py faults --cli ... [--requests 150]
        One caller, in turns without a mirror and with one or five that hang, trickle, refuse, reset, answer garbage,
        answer without end, close early or fail at TLS: the median latency beside that of no mirror.
    router_endurance.py soak --cli ... [--seconds 300] [--rate 2000]
        That many requests a second to a primary with a healthy, a slow (1 s) and a dead mirror, everything captured:
        no error at the caller, memory and descriptors flat.
Exits 0 when the figures hold, 1 when they do not.
"""
import argparse, asyncio, multiprocessing, os, re, signal, socket, statistics, struct, subprocess, sys, tempfile, threading, time, zlib

MIB = 1024 * 1024
BODY = b'{"data": {"user": "alice", "items": [{"sku": "A-1001", "qty": 3, "price": 12.50}], "region": "eu"}}'
REPLY = b'{"data": {"price": 41.97, "currency": "EUR", "confidence": 0.9731}}'
ANSWER = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s" % (len(REPLY), REPLY)


def listener():
    server = socket.create_server(("127.0.0.1", 0), backlog=1024)
    return server, server.getsockname()[1]


def write_repository(folder, endpoints, tls):
    os.makedirs(folder + "/endpoints")
    os.makedirs(folder + "/.parallax")
    deployment = "    deployment:\n      branch: main\n      name: d%d\n      version: latest\n"
    for name, ports in endpoints.items():
        text = "backends:\n  alias:\n" + deployment % ports[0] + ("mirrors:\n" if ports[1:] else "")
        for number, port in enumerate(ports[1:], 1):
            text += f"  mirror_{number}:\n" + deployment % port
        with open(f"{folder}/endpoints/{name}.yaml", "w") as file:
            file.write(text + "schemaVersion: 1\n")
    targets = "schemaVersion: 1\ntargets:\n"
    for port in sorted({port for ports in endpoints.values() for port in ports}):
        scheme = "https" if port in tls else "http"
        targets += f"  - match: {{deployment: d{port}}}\n    url: {scheme}://127.0.0.1:{port}/predict\n    timeout: 2s\n"
    with open(folder + "/.parallax/targets.yaml", "w") as file:
        file.write(targets)
    subprocess.run(["git", "init", "-q", "-b", "main", folder], check=True)


class Router:
    def __init__(self, cli, folder, endpoints, *more, tls=()):
        write_repository(folder + "/repo", endpoints, tls)
        command = [cli, "serve", "--repo", folder + "/repo", "--listen", "127.0.0.1:0", *more]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        line = self.process.stdout.readline()
        match = re.match(r"listening on http://[^:]+:(\d+)", line)
        if not match:
            raise SystemExit("parallax-cli serve did not come up")
        self.port = int(match.group(1))

    def kib(self, field):
        with open(f"/proc/{self.process.pid}/status") as file:
            return next(int(line.split()[1]) for line in file if line.startswith(field + ":"))

    def descriptors(self):
        return len(os.listdir(f"/proc/{self.process.pid}/fd"))

    def metric(self, name):
        with socket.create_connection(("127.0.0.1", self.port)) as caller:
            caller.sendall(b"GET /-/metrics HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
            text = b"".join(iter(lambda: caller.recv(65536), b"")).decode()
        return {line.rsplit(" ", 1)[0]: float(line.rsplit(" ", 1)[1]) for line in text.splitlines() if line.startswith(name)}

    def settled_mirrors(self, wanted, seconds=20):
        """How many copies have ended, waited for."""
        end = time.monotonic() + seconds
        while (now := sum(self.metric("parallax_mirror_total").values())) < wanted and time.monotonic() < end:
            time.sleep(0.1)
        return int(now)

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(60)


def drain(server, results):
    """Reads one request whole and says what came: (bytes of body, their CRC)."""
    connection, _ = server.accept()
    head, buffer = b"", bytearray(MIB)
    while b"\r\n\r\n" not in head:
        head += connection.recv(65536)
    head, body = head.split(b"\r\n\r\n", 1)
    length = int(re.search(rb"(?i)content-length: *(\d+)", head).group(1))
    size, crc = len(body), zlib.crc32(body)
    while size < length:
        n = connection.recv_into(buffer)
        if n == 0:
            break
        size, crc = size + n, zlib.crc32(memoryview(buffer)[:n], crc)
    connection.sendall(ANSWER)
    results.append((size, crc))


def bigbody(args, folder):
    size, block = args.gib * 1024 * MIB, os.urandom(MIB)
    servers, results = [listener() for _ in range(2)], []
    threads = [threading.Thread(target=drain, args=(server, results), daemon=True) for server, _ in servers]
    for thread in threads:
        thread.start()
    router = Router(args.cli, folder, {"long": [port for _, port in servers]}, "--max-body", str(2 * size), "--capture", folder + "/c.parallax")
    before, crc, start = router.kib("VmRSS"), 0, time.monotonic()
    with socket.create_connection(("127.0.0.1", router.port)) as caller:
        caller.sendall(b"POST /v1/endpoint/long HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\n\r\n" % size)
        for _ in range(size // MIB):
            caller.sendall(block)
            crc = zlib.crc32(block, crc)
        answer = caller.recv(65536)
    for thread in threads:
        thread.join(30)
    growth = (router.kib("VmHWM") - before) / 1024
    mirror = router.metric("parallax_mirror_total")
    code = router.stop()
    seconds = time.monotonic() - start
    print(f"{args.gib} GiB in {seconds:.1f} s, answer {answer[:15]!r}, memory {before / 1024:.1f} MiB + {growth:.1f} MiB, exit {code}")
    print(f"received: {[size for size, _ in results]}, as sent: {[one == (size, crc) for one in results]}, mirror: {mirror}")
    return b"200 OK" in answer and results == [(size, crc)] * 2 and growth < 100 and code == 0


def misbehave(server, kind):
    """One connection after the other, each with its own thread."""
    def handle(connection):
        with connection:
            try:
                while connection.recv(65536):
                    if kind == "trickles":
                        connection.sendall(ANSWER[:40])
                        while True:
                            time.sleep(0.05)
                            connection.sendall(b" ")
                    elif kind == "resets":
                        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                        return
                    elif kind == "garbage":
                        connection.sendall(b"\x7f" * 4000)
                    elif kind == "endless":
                        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1073741824\r\n\r\n")
                        for _ in range(1024):
                            connection.sendall(b" " * MIB)
                    elif kind == "closes early":
                        connection.sendall(ANSWER[:-20])
                        return
            except OSError:
                pass  # the router let go
    while True:
        connection, _ = server.accept()
        threading.Thread(target=handle, args=(connection,), daemon=True).start()


def timed(caller, endpoint):
    start, received = time.perf_counter(), b""
    caller.sendall(b"POST /v1/endpoint/%s HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\n\r\n%s" % (endpoint.encode(), len(BODY), BODY))
    while not received.endswith(REPLY):
        part = caller.recv(65536)
        if not part:
            raise SystemExit(f"the router left its caller of {endpoint}")
        received += part
    return (time.perf_counter() - start) * 1000


FAULTS = ("hangs", "trickles", "refuses", "resets", "garbage", "endless", "closes early", "tls fails")


def faults(args, folder):
    servers = {kind: listener() for kind in ("primary", *FAULTS)}
    servers["refuses"][0].close()
    workers = [multiprocessing.Process(target=serve_peers, args=([(servers["primary"][0], 0)],), daemon=True)]
    workers += [multiprocessing.Process(target=misbehave, args=(servers[kind][0], kind), daemon=True) for kind in FAULTS if kind != "refuses"]
    for worker in workers:
        worker.start()
    port = {kind: one[1] for kind, one in servers.items()}
    endpoints = {"alone": [port["primary"]]}
    for kind in FAULTS:
        for count in (1, 5):
            endpoints[f"{kind} {count}".replace(" ", "_")] = [port["primary"]] + [port[kind]] * count
    router = Router(args.cli, folder, endpoints, "--capture", folder + "/c.parallax", tls={port["tls fails"]})
    holds = True
    with socket.create_connection(("127.0.0.1", router.port)) as caller:
        for name in [name for name in endpoints if name != "alone"]:
            pairs = [(timed(caller, "alone"), timed(caller, name)) for _ in range(args.requests)]
            alone, beside = (statistics.median(column) for column in zip(*pairs))
            steady = beside < 1.5 * alone + 0.5
            holds = holds and steady
            print(f"{name:16s} median {beside:6.2f} ms, alone {alone:6.2f} ms, ratio {beside / alone:4.2f}{'' if steady else '  SLOWER'}", flush=True)
    counted = router.settled_mirrors(sum((len(ports) - 1) * args.requests for ports in endpoints.values()))
    code = router.stop()
    print(f"pairs with an outcome: {counted}, exit {code}")
    return holds and code == 0 and counted == sum((len(ports) - 1) * args.requests for ports in endpoints.values())


class Peer(asyncio.Protocol):
    """Requests come in one piece and end with '}'; each is answered after `delay`."""

    def __init__(self, delay):
        self.delay = delay

    def connection_made(self, transport):
        self.transport = transport

    def data_received(self, data):
        if not data.endswith(b"}"):
            return
        if self.delay:
            asyncio.get_running_loop().call_later(self.delay, self.answer)
        else:
            self.answer()

    def answer(self):
        if not self.transport.is_closing():
            self.transport.write(ANSWER)


def serve_peers(servers):
    async def run():
        loop = asyncio.get_running_loop()
        for server, delay in servers:
            await loop.create_server(lambda delay=delay: Peer(delay), sock=server)
        await asyncio.sleep(1e6)
    asyncio.run(run())


class Caller(asyncio.Protocol):
    """Sends a request every `interval`, or as soon as the answer to the last one is in."""

    def __init__(self, tally, interval, until):
        self.tally, self.interval, self.until, self.received = tally, interval, until, b""
        self.request = b"POST /v1/endpoint/long HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s" % (len(BODY), BODY)

    def connection_made(self, transport):
        self.loop, self.transport = asyncio.get_running_loop(), transport
        self.due = self.loop.time() + self.interval * (self.tally["open"] % 64) / 64
        self.tally["open"] += 1
        self.loop.call_at(self.due, self.send)

    def send(self):
        if self.loop.time() >= self.until:
            self.tally["open"] -= 1
            self.transport.close()
            return
        self.sent, self.received = self.loop.time(), b""
        self.transport.write(self.request)

    def data_received(self, data):
        self.received += data
        if not self.received.endswith(REPLY):
            return
        self.tally["good" if self.received.startswith(b"HTTP/1.1 200 ") else "bad"] += 1
        self.tally["ms"].append((self.loop.time() - self.sent) * 1000)
        self.due = max(self.due + self.interval, self.loop.time() - 1)
        self.loop.call_at(self.due, self.send)

    def connection_lost(self, error):
        if self.loop.time() < self.until:
            self.tally["bad"] += 1


async def call(router, args, samples):
    loop, tally = asyncio.get_running_loop(), {"good": 0, "bad": 0, "open": 0, "ms": []}
    until = loop.time() + args.seconds
    for _ in range(64):
        await loop.create_connection(lambda: Caller(tally, 64 / args.rate, until), "127.0.0.1", router.port)
    for second in range(args.seconds):
        await asyncio.sleep(1)
        samples.append((router.kib("VmRSS") / 1024, router.descriptors()))
        if (second + 1) % 30 == 0:
            print(f"{second + 1:4d} s: {tally['good']} answered, {tally['bad']} bad, median {statistics.median(tally['ms'][-20000:]):.2f} ms, "
                  f"{samples[-1][0]:.1f} MiB, {samples[-1][1]} descriptors", flush=True)
    while tally["open"] > 0:
        await asyncio.sleep(0.05)
    return tally


def soak(args, folder):
    primary, healthy, slow, dead = (listener() for _ in range(4))
    dead[0].close()
    peers = [multiprocessing.Process(target=serve_peers, args=([one],), daemon=True)
             for one in ((primary[0], 0), (healthy[0], 0), (slow[0], 1.0))]
    for peer in peers:
        peer.start()
    router = Router(args.cli, folder, {"long": [one[1] for one in (primary, healthy, slow, dead)]}, "--capture", folder + "/c.parallax")
    samples = []
    tally = asyncio.run(call(router, args, samples))
    drops = router.metric("parallax_mirror_dropped_total") | router.metric("parallax_capture_dropped_total")
    code = router.stop()
    settled = samples[len(samples) // 4:]  # caches and pools have filled
    half = len(settled) // 2
    memory = [statistics.median(mib for mib, _ in part) for part in (settled[:half], settled[half:])]
    files = [statistics.median(count for _, count in part) for part in (settled[:half], settled[half:])]
    rate = tally["good"] / args.seconds
    print(f"{tally['good']} answered ({rate:.0f}/s), {tally['bad']} bad, memory {memory[0]:.1f} -> {memory[1]:.1f} MiB, descriptors {files[0]} -> {files[1]}, exit {code}")
    print("drops:", {name: int(count) for name, count in drops.items() if count})
    isFlat = memory[1] < memory[0] * 1.05 + 2 and files[1] <= files[0] * 1.05 + 4
    return tally["bad"] == 0 and rate > 0.95 * args.rate and isFlat and code == 0


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("bigbody", "faults", "soak"))
    parser.add_argument("--cli", required=True, type=os.path.abspath)
    parser.add_argument("--gib", type=int, default=1)
    parser.add_argument("--requests", type=int, default=150)
    parser.add_argument("--seconds", type=int, default=300)
    parser.add_argument("--rate", type=int, default=2000)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="endurance ") as folder:
        holds = {"bigbody": bigbody, "faults": faults, "soak": soak}[args.what](args, folder)
    print("holds" if holds else "does not hold")
    return 0 if holds else 1


if __name__ == "__main__":
    sys.exit(main())
