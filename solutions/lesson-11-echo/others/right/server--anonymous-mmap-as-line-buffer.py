# Right: an anonymous mmap is the line buffer: recv_into it, find the newline in it, move the rest to its front.
import mmap
import os
import socket
import sys

LIMIT = 64 * 1024
PATIENCE = 10.0


class Lines:
    """The lines of one client, each with its newline, which the last may lack."""

    def __init__(self, client):
        self.client = client
        self.box = mmap.mmap(-1, LIMIT)
        self.view = memoryview(self.box)
        self.start = self.end = 0

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.view.release()
        self.box.close()

    def __iter__(self):
        return self

    def take(self, upto):
        line = self.box[self.start:upto]
        self.start = upto
        return line

    def __next__(self):
        looked = self.start
        while True:
            at = self.box.find(b"\n", looked, self.end)
            if at >= 0:
                return self.take(at + 1)
            if self.end - self.start == LIMIT:
                return self.take(self.end)
            if self.end == LIMIT or self.start == self.end:
                self.box.move(0, self.start, self.end - self.start)
                self.start, self.end = 0, self.end - self.start
            looked = self.end
            count = self.client.recv_into(self.view[self.end:])
            if not count:
                if self.start == self.end:
                    raise StopIteration
                return self.take(self.end)
            self.end += count


def echo(client):
    with Lines(client) as lines:
        for line in lines:
            client.sendall(line)
            if line.removesuffix(b"\n").removesuffix(b"\r") == b"quit":
                client.shutdown(socket.SHUT_WR)
                client.settimeout(PATIENCE)
                try:
                    while client.recv_into(lines.view):
                        pass
                except OSError:
                    pass
                return True
    return False


def main(text="127.0.0.1:12345", *_):
    host, _, port = text.rpartition(":")
    with socket.create_server((host, int(port))) as door:
        os.write(1, "서버가 시작되었습니다: {}:{}\n".format(*door.getsockname()).encode())
        over = False
        while not over:
            client, _ = door.accept()
            with client:
                try:
                    over = echo(client)
                    told = "손님이 quit을 말했습니다. 서버를 마칩니다." if over else "손님이 떠났습니다."
                except OSError:
                    told = "손님과의 연결이 끊겼습니다."
            os.write(1, f"{told}\n".encode())


try:
    main(*sys.argv[1:])
except (OSError, ValueError) as error:
    sys.exit(f"오류: {error}")
