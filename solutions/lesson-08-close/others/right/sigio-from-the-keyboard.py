# Right: the keyboard announces itself by SIGIO (O_ASYNC), there is neither thread nor poll, and the guest is read through an unbuffered file.
import fcntl
import io
import os
import select
import signal
import socket
import sys

LIMIT = 1024
PATIENCE = 10.0


class Keyboard:
    def __init__(self):
        self.typed = b""
        self.busy = self.again = False

    def watch(self):
        signal.signal(signal.SIGIO, self.on_signal)
        fcntl.fcntl(0, fcntl.F_SETOWN, os.getpid())
        self.asynchronous(True)
        self.on_signal()

    def asynchronous(self, on):
        flags = fcntl.fcntl(0, fcntl.F_GETFL) & ~os.O_ASYNC
        fcntl.fcntl(0, fcntl.F_SETFL, flags | (os.O_ASYNC if on else 0))

    def on_signal(self, *_):
        self.again = True
        if self.busy:
            return
        self.busy = True
        while self.again:
            self.again = False
            while select.select([0], [], [], 0)[0]:
                chunk = os.read(0, 256)
                self.typed += chunk
                if b"\n" in self.typed or (self.typed and not chunk):
                    self.asynchronous(False)
                    os._exit(0)
                if not chunk:
                    self.asynchronous(False)
                    break
        self.busy = False


def part(client, ears):
    client.shutdown(socket.SHUT_WR)
    sys.stdout.write("할 말을 다 했습니다.\n")
    sys.stdout.flush()
    trash = bytearray(8192)
    while ears.readinto(trash):
        pass


def serve(client):
    client.settimeout(PATIENCE)
    with client.makefile("rb", buffering=0) as ears:
        assert isinstance(ears, io.RawIOBase)
        length = 0
        while length <= LIMIT:
            chunk = ears.read(LIMIT + 1 - length)
            if not chunk:
                break
            length += len(chunk)
        reply = "너무 깁니다\n" if length > LIMIT else f"{length}바이트를 받았습니다\n"
        client.sendall(reply.encode())
        part(client, ears)


def main(text="127.0.0.1:12345", *_):
    host, _, port = text.rpartition(":")
    with socket.create_server((host, int(port)), backlog=32) as door:
        sys.stdout.write("서버가 시작되었습니다: {}:{} (Enter로 끝냅니다)\n".format(*door.getsockname()))
        sys.stdout.flush()
        Keyboard().watch()
        while True:
            client, _ = door.accept()
            told = "손님이 닫았습니다 (FIN)\n"
            try:
                with client:
                    serve(client)
            except ConnectionResetError:
                told = "손님이 끊었습니다 (RST)\n"
            except OSError as error:
                told = f"오류: {error}\n"
            sys.stdout.write(told)
            sys.stdout.flush()


try:
    main(*sys.argv[1:])
except (OSError, ValueError) as error:
    sys.exit(f"오류: {error}")
