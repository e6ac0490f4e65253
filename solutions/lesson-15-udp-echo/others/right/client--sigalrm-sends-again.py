# Right: main waits in recvfrom without a limit while an interval timer's SIGALRM handler sends the request again, doubles the timer, and at last raises.
import os
import signal
import socket
import sys

ATTEMPTS, MOST = 4, 65535


class GivenUp(Exception):
    pass


class Request:
    def __init__(self, box, server, number, text, wait):
        self.box, self.server = box, server
        self.number = str(number)
        self.letter = f"{number} {text}".encode()
        self.wait, self.sent, self.done = max(wait, 0.000001), 0, False

    def post(self):
        self.sent += 1
        self.box.sendto(self.letter, self.server)
        signal.setitimer(signal.ITIMER_REAL, self.wait)
        self.wait *= 2

    def on_alarm(self, *_):
        if self.done:
            return
        if self.sent == ATTEMPTS:
            raise GivenUp
        self.post()

    def text_of(self, datagram, sender):
        if sender != self.server:
            return None
        try:
            number, space, text = datagram.decode().partition(" ")
        except UnicodeDecodeError:
            return None
        return text if space and number == self.number else None

    def reply(self):
        signal.signal(signal.SIGALRM, self.on_alarm)
        try:
            self.post()
            while True:
                try:
                    text = self.text_of(*self.box.recvfrom(MOST))
                except ConnectionResetError:
                    continue
                if text is not None:
                    self.done = True
                    return text
        except GivenUp:
            return None
        finally:
            self.done = True
            signal.setitimer(signal.ITIMER_REAL, 0)


def main(address="127.0.0.1:12345", wait="500", *_):
    host, _, port = address.rpartition(":")
    family, kind, protocol, _, server = socket.getaddrinfo(
        host.strip("[]"), int(port), type=socket.SOCK_DGRAM
    )[0]
    wait = (int(wait) if wait.isdecimal() else 500) / 1000
    with socket.socket(family, kind, protocol) as box:
        box.bind(("::" if family == socket.AF_INET6 else "0.0.0.0", 0))
        for number, raw in enumerate(iter(sys.stdin.buffer.readline, b""), 1):
            if raw.endswith(b"\n"):
                raw = raw[:-1].removesuffix(b"\r")
            reply = Request(box, server, number, raw.decode(), wait).reply()
            line = f"{number}번 요청을 포기했습니다" if reply is None else f"메아리: {reply}"
            os.write(1, f"{line}\n".encode())


try:
    main(*sys.argv[1:])
except (OSError, ValueError) as error:
    sys.exit(f"오류: {error}")
