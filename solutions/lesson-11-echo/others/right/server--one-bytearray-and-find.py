# Right: bytes lie in one bytearray per guest that recv_into fills; lines are cut out of it with find, up to LIMIT bytes each.
import enum
import socket
import sys

LIMIT = 64 * 1024
End = enum.Enum("End", "QUIT LEFT BROKEN")
TOLD = {
    End.QUIT: "손님이 quit을 말했습니다. 서버를 마칩니다.",
    End.LEFT: "손님이 떠났습니다.",
    End.BROKEN: "손님과의 연결이 끊겼습니다.",
}


class Stream:
    def __init__(self, sock):
        self.sock, self.kept, self.searched = sock, bytearray(), 0
        self.room = memoryview(bytearray(777))

    def line(self):
        while True:
            end = self.kept.find(b"\n", self.searched, LIMIT)
            if end >= 0 or len(self.kept) >= LIMIT:
                return self.cut(end + 1 if end >= 0 else LIMIT)
            self.searched = len(self.kept)
            count = self.sock.recv_into(self.room)
            if count == 0:
                return self.cut(len(self.kept))
            self.kept += self.room[:count]

    def cut(self, length):
        line = bytes(self.kept[:length])
        del self.kept[:length]
        self.searched = 0
        return line


def echo(sock):
    stream = Stream(sock)
    while line := stream.line():
        for start in range(0, len(line), 4096):
            sock.sendall(line[start : start + 4096])
        if line in (b"quit\n", b"quit\r\n", b"quit"):
            sock.shutdown(socket.SHUT_WR)
            sock.settimeout(10)
            try:
                while sock.recv_into(stream.room):
                    pass
            except OSError:
                pass
            return End.QUIT
    return End.LEFT


def main():
    host, _, port = (sys.argv[1] if len(sys.argv) > 1 else "127.0.0.1:12345").rpartition(":")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.create_server((host.strip("[]"), int(port)), family=family) as door:
        print(f"서버가 시작되었습니다: {host}:{door.getsockname()[1]}", flush=True)
        end = None
        while end is not End.QUIT:
            sock, _ = door.accept()
            with sock:
                try:
                    end = echo(sock)
                except OSError:
                    end = End.BROKEN
            print(TOLD[end], flush=True)


try:
    main()
except (OSError, ValueError, OverflowError) as error:
    sys.exit(f"오류: {error}")
