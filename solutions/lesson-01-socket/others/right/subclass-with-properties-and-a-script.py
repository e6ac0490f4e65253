# Right: a socket subclass with properties, a script of (text, action) pairs, and a text stdout that ends lines in CR LF.
import contextlib
import socket
import sys


class Curious(socket.socket):
    """A socket that tells of itself."""

    @property
    def sort(self):
        number = self.getsockopt(socket.SOL_SOCKET, socket.SO_TYPE)
        return socket.SocketKind(number).name

    @staticmethod
    def _told(ask):
        with contextlib.suppress(OSError):
            match ask():
                case (str(host), int(port), *_) if port:
                    return f"{host}:{port}"
        return "없음"

    @property
    def here(self):
        return self._told(self.getsockname)

    @property
    def there(self):
        return self._told(self.getpeername)

    def __str__(self):
        return f"내 쪽 {self.here}, 상대 쪽 {self.there}"


def script(address):
    held = {}

    def make(name, kind):
        held[name] = Curious(socket.AF_INET, kind)

    with contextlib.ExitStack() as stack:
        stack.callback(lambda: [each.close() for each in held.values()])
        make("TCP", socket.SOCK_STREAM)
        yield "1. TCP 소켓을 만들었습니다. (Enter)", sys.stdin.readline
        make("UDP", socket.SOCK_DGRAM)
        yield "2. UDP 소켓을 만들었습니다. (Enter)", sys.stdin.readline
        yield f"3. 종류: {held['TCP'].sort}, {held['UDP'].sort}", None
        yield f"4. connect 전: {held['UDP']}", lambda: held["UDP"].connect(address)
        yield f"   connect 후: {held['UDP']}", None


def address_of(text):
    host, _, port = text.rpartition(":")
    socket.inet_aton(host)
    return host, int(port)


def main():
    sys.stdout.reconfigure(encoding="utf-8", newline="\r\n")
    text = (sys.argv + ["127.0.0.1:12345"])[1]
    try:
        address = address_of(text)
    except (OSError, ValueError):
        return f"오류: {text}은(는) 주소가 아닙니다"
    try:
        for line, then in script(address):
            print(line, flush=True)
            if then:
                then()
    except (OSError, OverflowError) as error:
        return f"오류: {error}"


sys.exit(main())
