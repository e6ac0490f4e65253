# Right: signals are blocked everywhere and taken by a thread in sigwait; each wait for a guest is a select until the deadline.
import os
import select
import signal
import socket
import sys
import threading
import time

LIMIT = 1024
SIGNALS = {signal.SIGINT, signal.SIGTERM, signal.SIGHUP}


class Unreadable(Exception):
    why = "읽을 수 없는 메시지"


class Wordless(Exception):
    why = "아무 말 없이 떠남"


class Late(Exception):
    why = "시간이 다 됨"


def say(text):
    data = memoryview(f"{text}\n".encode())
    while data:
        data = data[os.write(1, data) :]


class Guest:
    def __init__(self, sock, deadline):
        self.sock, self.deadline = sock, deadline

    def ready(self, reading):
        """Waits until the socket can be used; the deadline is the same for all waits."""
        left = self.deadline - time.monotonic()
        wanted = ([self.sock], []) if reading else ([], [self.sock])
        if left <= 0 or not any(select.select(*wanted, [], left)):
            raise Late

    def pieces(self, most):
        while True:
            self.ready(True)
            try:
                piece = self.sock.recv(most, socket.MSG_DONTWAIT)
            except BlockingIOError:
                continue
            if not piece:
                return
            yield piece

    def message(self):
        heard = bytearray()
        for piece in self.pieces(200):
            heard += piece
            if len(heard) > LIMIT:
                raise Unreadable
            if b"\n" in piece:
                break
        if not heard:
            raise Wordless
        try:
            return heard.partition(b"\n")[0].decode().rstrip()
        except UnicodeDecodeError:
            raise Unreadable from None

    def reply(self, words):
        data = words.encode()
        while data:
            self.ready(False)
            try:
                data = data[self.sock.send(data, socket.MSG_DONTWAIT) :]
            except BlockingIOError:
                pass

    def part(self):
        try:
            self.sock.shutdown(socket.SHUT_WR)
            for _ in self.pieces(2000):
                pass
        except (OSError, Late):
            pass

    def serve(self, number):
        message = self.message()
        self.reply(f"{number}번째 손님, 반갑습니다.\n")
        self.part()
        return message


def wake(address):
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(address[0], address[0])
    try:
        socket.create_connection((host, address[1]), timeout=1).close()
    except OSError:
        pass  # awake already


def main(text="127.0.0.1:12345", patience="5000", *_):
    try:
        patience = int(patience) / 1000
    except ValueError:
        patience = 5.0
    signal.pthread_sigmask(signal.SIG_BLOCK, SIGNALS)
    host, _, port = text.rpartition(":")
    host = host.strip("[]")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    door = socket.create_server((host, int(port)), family=family)
    here = door.getsockname()
    shape = "[%s]:%d" if family == socket.AF_INET6 else "%s:%d"
    say(f"서버가 시작되었습니다: {shape % here[:2]} (stop이나 Ctrl-C로 끝냅니다)")
    stopping = threading.Event()

    def stop():
        stopping.set()
        wake(here)

    def on_signal():
        signal.sigwait(SIGNALS)
        stop()

    def on_line():
        if any(line.strip() == b"stop" for line in sys.stdin.buffer):
            stop()

    for watch in (on_signal, on_line):
        threading.Thread(target=watch, daemon=True).start()
    number = 0
    while True:
        try:
            sock, _ = door.accept()
        except OSError as error:
            print("손님을 받지 못했습니다:", error, file=sys.stderr, flush=True)
            time.sleep(0.1)
            continue
        with sock:
            if stopping.is_set():
                break
            number += 1
            try:
                told = f"{number}번째 손님: {Guest(sock, time.monotonic() + patience).serve(number)}"
            except (Unreadable, Wordless, Late) as loss:
                told = f"{number}번째 손님을 놓쳤습니다: {loss.why}"
            except OSError:
                told = f"{number}번째 손님을 놓쳤습니다: 연결이 끊김"
        say(told)
    say(f"서버를 마칩니다. 손님 {number}명")
    door.close()
    os._exit(0)


try:
    main(*sys.argv[1:])
except (OSError, ValueError, OverflowError) as error:
    sys.exit(f"오류: {error}")
