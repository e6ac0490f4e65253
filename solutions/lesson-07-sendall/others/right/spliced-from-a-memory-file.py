# Right: the message lies in a memory file and goes through a pipe into the socket by splice(2); a full socket is awaited with poll.
import os
import select
import socket
import sys

FLAGS = os.SPLICE_F_MOVE | os.SPLICE_F_NONBLOCK


def stored(size):
    store = os.memfd_create("message")
    pattern = bytes(range(251)) * 4177
    left = size
    while left > 0:
        left -= os.write(store, pattern[:left] if left < len(pattern) else pattern)
    return store


class Sender:
    def __init__(self, sock, store, size):
        self.sock, self.store, self.size = sock, store, size
        self.sent = self.loaded = 0
        self.out, self.into = os.pipe()
        self.room = select.poll()
        self.room.register(sock, select.POLLOUT)

    def load(self):
        most = min(65536, self.size - self.loaded)
        self.loaded += os.splice(self.store, self.into, most, offset_src=self.loaded)

    def unload(self):
        try:
            self.sent += os.splice(self.out, self.sock.fileno(), self.loaded - self.sent, flags=FLAGS)
        except BlockingIOError:
            self.room.poll()

    def __call__(self):
        while self.sent < self.size:
            if self.loaded == self.sent:
                self.load()
            self.unload()


def main():
    text, size, *_ = sys.argv[1:] + ["127.0.0.1:12345", "8388608"][len(sys.argv) - 1:]
    host, _, port = text.rpartition(":")
    try:
        size = int(size)
    except ValueError:
        sys.exit("오류: 크기는 숫자여야 합니다")
    store = stored(size)
    with socket.create_connection((host.strip("[]"), int(port))) as sock:
        sock.setblocking(False)
        send = Sender(sock, store, size)
        try:
            send()
        except OSError as error:
            sys.exit(f"오류: {send.sent}바이트를 넘긴 뒤 {text}이(가) 떠났습니다: {error}")
        os.write(1, f"모두 넘겼습니다: {send.sent}바이트\n".encode())


try:
    main()
except OSError as error:
    sys.exit(f"오류: {error}")
