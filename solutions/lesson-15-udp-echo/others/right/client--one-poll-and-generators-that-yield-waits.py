# Right: a request is a generator that yields until when it waits and is sent what came; a poll loop drives it, non-blocking.
import select
import socket
import sys
import time

LATE = object()


def request(send, number, line, wait):
    for _ in range(4):
        send(f"{number} {line}".encode())
        until = time.monotonic() + wait
        while (datagram := (yield until)) is not LATE:
            own, space, text = datagram.partition(b" ")
            if space and own == b"%d" % number:
                try:
                    return text.decode()
                except UnicodeDecodeError:
                    pass
        wait *= 2
    return None


class Driver:
    def __init__(self, server, family):
        self.server = server
        self.sock = socket.socket(family, socket.SOCK_DGRAM | socket.SOCK_NONBLOCK)
        self.sock.bind(("::" if family == socket.AF_INET6 else "0.0.0.0", 0))
        self.poll = select.poll()
        self.poll.register(self.sock, select.POLLIN)

    def send(self, datagram):
        while True:
            try:
                return self.sock.sendto(datagram, self.server)
            except BlockingIOError:
                select.select([], [self.sock], [])

    def event(self, until):
        """The server's next datagram, or LATE."""
        while (left := until - time.monotonic()) > 0:
            if not self.poll.poll(left * 1000):
                continue
            try:
                datagram, _, _, sender = self.sock.recvmsg(65535)
            except (BlockingIOError, ConnectionError):
                continue
            if sender == self.server:
                return datagram
        return LATE

    def drive(self, generator):
        try:
            until = next(generator)
            while True:
                until = generator.send(self.event(until))
        except StopIteration as stop:
            return stop.value


def main(address="127.0.0.1:12345", first="500", *_):
    host, _, port = address.rpartition(":")
    family, _, _, _, server = socket.getaddrinfo(host.strip("[]"), int(port), type=socket.SOCK_DGRAM)[0]
    driver = Driver(server, family)
    wait = int(first) / 1000 if first.isdecimal() else 0.5
    for number, line in enumerate(iter(sys.stdin.buffer.readline, b""), 1):
        text = line.decode().removesuffix("\n").removesuffix("\r")
        reply = driver.drive(request(driver.send, number, text, wait))
        told = f"{number}번 요청을 포기했습니다" if reply is None else f"메아리: {reply}"
        sys.stdout.buffer.write(told.encode() + b"\n")
        sys.stdout.buffer.flush()


try:
    main(*sys.argv[1:])
except (OSError, ValueError, OverflowError) as error:
    sys.exit(f"오류: {error}")
