# Right: iter() with a sentinel over recvmsg with two buffers, sizes going round 1, 2, 3, 5, 8, 13; pieces joined by reduce at the end.
import functools
import itertools
import operator
import socket
import sys

SIZES = itertools.cycle([1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144, 233, 377, 610])


class Pieces(list):
    broken = None

    def fill_from(self, client):
        receive = lambda: client.recvmsg(next(SIZES), 0)[0]
        try:
            self.extend(iter(receive, b""))
        except OSError as error:
            self.broken = error
        return self

    @property
    def lines(self):
        whole = functools.reduce(operator.iadd, self, bytearray())
        yield f"받은 바이트: {len(whole)}"
        match self.broken:
            case ConnectionResetError():
                yield "상대가 연결을 끊었습니다 (RST)"
            case OSError():
                yield f"받다가 오류가 났습니다: {self.broken}"
            case None:
                try:
                    yield f"메시지: {whole.decode()}"
                except UnicodeDecodeError as error:
                    yield f"UTF-8이 아닙니다: {error.start}바이트까지만 글자입니다"


def main(place):
    host, _, port = place.rpartition(":")
    family = socket.AF_INET6 if host.startswith("[") else socket.AF_INET
    with socket.create_server((host.strip("[]"), int(port)), family=family) as listener:
        print("서버가 시작되었습니다: %s:%d" % (host, listener.getsockname()[1]), flush=True)
        for client in map(operator.itemgetter(0), iter(listener.accept, None)):
            with client:
                pieces = Pieces().fill_from(client)
            sys.stdout.writelines(line + "\n" for line in pieces.lines)
            sys.stdout.flush()


try:
    main(*(sys.argv[1:2] or ["127.0.0.1:12345"]))
except (OSError, ValueError, OverflowError) as error:
    sys.exit(f"오류: {error}")
