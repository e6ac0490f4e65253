# Right: one thread, one poll for the keyboard, the door and the guest; the guest is a generator that yields what it waits for.
import os
import select
import socket
import sys
import time

LIMIT, PATIENCE = 1024, 10.0


def say(text):
    rest = f"{text}\n".encode()
    while rest:
        rest = rest[os.write(1, rest):]


class Loop:
    def __init__(self):
        self.keyboard, self.typed = True, b""

    def wait(self, fd, mask, seconds=None):
        """True when fd is ready, False when the time is up; Enter ends the program."""
        until = None if seconds is None else time.monotonic() + seconds
        while True:
            poll = select.poll()
            poll.register(fd, mask)
            if self.keyboard:
                poll.register(0, select.POLLIN)
            left = None if until is None else max(0, until - time.monotonic()) * 1000
            ready = dict(poll.poll(left if left is None else int(left + 0.999)))
            if 0 in ready:
                self.read_key()
            if fd in ready:
                return True
            if until is not None and time.monotonic() >= until:
                return False

    def read_key(self):
        keys = os.read(0, 512)
        self.typed += keys
        if b"\n" in self.typed or (self.typed and not keys):
            raise SystemExit(0)
        if not keys:
            self.keyboard = False


def guest(sock):
    def received(most):
        while True:
            try:
                return sock.recv(most)
            except BlockingIOError:
                yield select.POLLIN

    count = 0
    while count <= LIMIT and (chunk := (yield from received(LIMIT + 1 - count))):
        count += len(chunk)
    reply = (f"{count}바이트를 받았습니다\n" if count <= LIMIT else "너무 깁니다\n").encode()
    while reply:
        try:
            reply = reply[sock.send(reply):]
        except BlockingIOError:
            yield select.POLLOUT
    sock.shutdown(socket.SHUT_WR)
    say("할 말을 다 했습니다.")
    while (yield from received(1 << 16)):
        pass


def main():
    host, _, port = (sys.argv[1] if len(sys.argv) > 1 else "127.0.0.1:12345").rpartition(":")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    loop = Loop()
    with socket.create_server((host.strip("[]"), int(port)), family=family, backlog=128) as door:
        door.setblocking(False)
        say(f"서버가 시작되었습니다: {host}:{door.getsockname()[1]} (Enter로 끝냅니다)")
        while True:
            loop.wait(door.fileno(), select.POLLIN)
            try:
                sock, _ = door.accept()
            except (BlockingIOError, ConnectionAbortedError):
                continue
            sock.setblocking(False)
            ended = "손님이 닫았습니다 (FIN)"
            with sock, sock.dup():
                try:
                    for mask in guest(sock):
                        if not loop.wait(sock.fileno(), mask, PATIENCE):
                            raise TimeoutError("timed out")
                except ConnectionResetError:
                    ended = "손님이 끊었습니다 (RST)"
                except OSError as error:
                    ended = f"오류: {error}"
            say(ended)


try:
    main()
except (OSError, ValueError, OverflowError) as error:
    sys.exit(f"오류: {error}")
