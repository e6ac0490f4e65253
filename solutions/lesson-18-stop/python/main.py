"""레슨 18 stop: 하던 일을 마치고 끝나는 서버.
Lesson 18 stop: a server that ends cleanly.
"""

import os
import queue
import select
import signal
import socket
import sys
import threading
import time

DEFAULT_ADDRESS = "127.0.0.1:12345"
DEFAULT_SECONDS = "10"
LONGEST = 600
LINE = 1024
MOST = 2_000_000
TICK = 0.05
INTERRUPTED = 130

CAME, GONE, STOP = "came", "gone", "stop"
TOO_LONG, STOPPED = "too long", "stopped"
SORRY = f"1부터 {MOST}까지의 수를 보내 주세요"

# 시그널 핸들러 안에서 넣어도 되는 큐입니다. / A queue that a signal handler may put into.
events = queue.SimpleQueue()
stopping = threading.Event()


# ANCHOR: hear
def hear_stops():
    def stop(*_):
        events.put(STOP)

    def stop_on_lines():
        for _ in sys.stdin.buffer:
            stop()

    signal.signal(signal.SIGINT, stop)
    signal.signal(signal.SIGTERM, stop)
    threading.Thread(target=stop_on_lines, daemon=True).start()
# ANCHOR_END: hear


# ANCHOR: accept
def accept_until_stopped(listener):
    with listener:
        while True:
            try:
                client, _ = listener.accept()
            except OSError as error:
                client = None
                print(f"손님을 받지 못했습니다: {error}", file=sys.stderr)
                time.sleep(0.1)
            if stopping.is_set():
                return
            if client:
                events.put(CAME)
                threading.Thread(target=visit, args=[client], daemon=True).start()
# ANCHOR_END: accept


def visit(client):
    try:
        with client:
            serve(client)
    except OSError:
        pass  # 손님 하나의 실패입니다 / one client's failure
    finally:
        events.put(GONE)


# ANCHOR: wake
def stop_accepting(accepting, address):
    stopping.set()
    try:
        socket.create_connection(address).close()
        accepting.join()
    except OSError:
        pass  # 깨어난다는 보장이 없으니 기다리지 않습니다 / nothing may wake it: do not wait
# ANCHOR_END: wake


class Requests:
    """손님이 보낸 것 가운데 읽었고 아직 쓰지 않은 바이트도 함께. / With what was read and not used yet."""

    def __init__(self, client):
        self.client = client
        self.unread = b""
        self.ended = False

    # ANCHOR: request
    def next(self):
        """다음 줄. 손님이 끝냈으면 None. / The next line; None at the client's end."""
        while not stopping.is_set():
            if (line := self.take_line()) is not None:
                return line
            if self.ended:
                return None
            # settimeout은 sendall에도 걸리므로 쓰지 않습니다. / Not settimeout: it would limit sendall as well.
            if select.select([self.client], [], [], TICK)[0]:
                chunk = self.client.recv(4096)
                self.unread += chunk
                self.ended = not chunk
        return STOPPED
    # ANCHOR_END: request

    def take_line(self):
        line, newline, rest = self.unread.partition(b"\n")
        if not newline and not (self.ended and line) and len(line) <= LINE + 1:
            return None
        self.unread = rest
        line = line.removesuffix(b"\r")
        return TOO_LONG if len(line) > LINE else line


def serve(client):
    say(client, "몇까지 셀까요?")
    requests = Requests(client)
    while (line := requests.next()) is not None:
        if line == TOO_LONG:
            return part(client, SORRY)
        if line == STOPPED:
            return part(client, "서버가 끝납니다")
        answer(client, line)


# ANCHOR: part
def part(client, last_words):
    say(client, last_words)
    client.shutdown(socket.SHUT_WR)
    while client.recv(4096):
        pass
# ANCHOR_END: part


def answer(client, line):
    number = int(line) if line.isdigit() else 0
    if not 1 <= number <= MOST:
        return say(client, SORRY)
    for first in range(1, number + 1, 10_000):
        numbers = range(first, min(first + 10_000, number + 1))
        client.sendall("".join(f"{count}\n" for count in numbers).encode())


def say(client, line):
    client.sendall(f"{line}\n".encode())


class Clients:
    """와 있는 손님들. / The clients that are there."""

    def __init__(self):
        self.count = 0

    def note(self, event):
        if event == STOP:
            return
        self.count += 1 if event == CAME else -1
        what = "왔습니다" if event == CAME else "갔습니다"
        print(f"손님이 {what} ({self.count}명)", flush=True)

    def catch_up(self):
        for event in [events.get() for _ in range(events.qsize())]:
            self.note(event)
            if event == STOP:
                events.put(event)

    # ANCHOR: rest
    def wait_for_the_rest(self, deadline):
        while self.count > 0:
            try:
                event = events.get(timeout=max(0, deadline - time.monotonic()))
            except queue.Empty:
                print(f"더 기다리지 않습니다 (손님 {self.count}명)", flush=True)
                return 0
            if event == STOP:
                print(f"바로 끝냅니다 (손님 {self.count}명)", flush=True)
                return INTERRUPTED
            self.note(event)
        print("모두 보냈습니다", flush=True)
        return 0
    # ANCHOR_END: rest


def reachable(listener):
    host, port = listener.getsockname()[:2]
    loopback = {"0.0.0.0": "127.0.0.1", "::": "::1"}
    return loopback.get(host, host), port


def main():
    arguments = [*sys.argv[1:], *[DEFAULT_ADDRESS, DEFAULT_SECONDS][len(sys.argv) - 1 :]]
    host, port = arguments[0].rsplit(":", 1)
    seconds = int(arguments[1])
    if not 1 <= seconds <= LONGEST:
        raise ValueError(f"기다릴 시간은 1초에서 {LONGEST}초까지입니다: {seconds}")
    host = host.strip("[]")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.create_server((host, int(port)), family=family)
    host, port = listener.getsockname()[:2]
    named = f"[{host}]" if ":" in host else host
    hear_stops()
    print(f"서버가 시작되었습니다: {named}:{port} (Enter나 Ctrl-C로 끝냅니다)", flush=True)
    address = reachable(listener)
    accepting = threading.Thread(target=accept_until_stopped, args=[listener], daemon=True)
    accepting.start()
    clients = Clients()
    while (event := events.get()) != STOP:
        clients.note(event)
    deadline = time.monotonic() + seconds
    stop_accepting(accepting, address)
    clients.catch_up()
    print(f"끝내는 중입니다 (손님 {clients.count}명)", flush=True)
    return clients.wait_for_the_rest(deadline)


try:
    status = main()
    # 손님을 기다리는 스레드는 두고 끝냅니다. / The threads that wait for clients are left behind.
    os._exit(status)
except (OSError, ValueError) as error:
    sys.exit(f"오류: {error}")
