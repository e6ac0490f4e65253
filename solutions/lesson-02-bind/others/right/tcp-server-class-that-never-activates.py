# Right: a socketserver.TCPServer subclass that only binds (bind_and_activate=False), with exceptions of its own and CR LF lines.
import errno
import ipaddress
import socket
import socketserver
import sys


class Trouble(Exception):
    pass


class Bound(socketserver.TCPServer):
    allow_reuse_address = True

    def __init__(self, text):
        self.text = text
        host, colon, port = text.rpartition(":")
        try:
            if host[:1] == "[" and host[-1:] == "]":
                self.address_family = socket.AF_INET6
                host = str(ipaddress.IPv6Address(host[1:-1]))
            else:
                ipaddress.IPv4Address(host)
            if not (colon and port.isascii() and port.isdigit() and int(port) < 65536):
                raise ValueError
        except ValueError:
            raise Trouble(f"{text}은(는) 주소가 아닙니다") from None
        super().__init__((host, int(port)), None, bind_and_activate=False)
        try:
            self.server_bind()
        except OSError as error:
            self.server_close()
            if error.errno == errno.EADDRINUSE:
                raise Trouble(f"{text}은(는) 이미 쓰이고 있습니다. 쓰는 프로그램을 끝내거나 포트를 바꾸세요.") from None
            raise Trouble(f"{text}에 묶지 못했습니다: {error}") from None

    def __str__(self):
        host, port = self.server_address[:2]
        return f"[{host}]:{port}" if self.address_family == socket.AF_INET6 else f"{host}:{port}"


try:
    with Bound(*(sys.argv[1:2] or ["127.0.0.1:12345"])) as bound:
        sys.stdout.buffer.write(f"묶었습니다: {bound} (Enter)\r\n".encode())
        sys.stdout.buffer.flush()
        sys.stdin.buffer.readline()
except Trouble as trouble:
    sys.exit(f"오류: {trouble}")
