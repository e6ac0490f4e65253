# Right: the socket is handed from stage to stage over a Unix socket pair (SCM_RIGHTS), and is closed by being thrown away while in flight.
import ipaddress
import socket
import sys

DEFAULT_BACKLOG = 128


def address(text):
    host, _, port = text.rpartition(":")
    bare = host[1:-1] if host[:1] + host[-1:] == "[]" else host
    try:
        ip = ipaddress.ip_address(bare)
        if (ip.version == 6) != (bare != host) or not port.isdecimal() or int(port) > 65535:
            raise ValueError
    except ValueError:
        raise SystemExit(f"오류: {text}은(는) 주소가 아닙니다") from None
    return ip, int(port)


def backlog(text):
    try:
        number = int(text)
        if number.bit_length() > 31:
            raise ValueError
    except ValueError:
        raise SystemExit(f"오류: 백로그는 숫자여야 합니다: {text}") from None
    return number


class Pipe:
    def __init__(self):
        self.near, self.far = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)

    def put(self, sock):
        socket.send_fds(self.near, [b"!"], [sock.fileno()])
        sock.close()

    def get(self):
        _, (descriptor,), _, _ = socket.recv_fds(self.far, 1, 1)
        return socket.socket(fileno=descriptor)

    def spill(self):
        self.far.close()
        self.near.close()


def tell(words):
    print(words, "(Enter)", flush=True)
    sys.stdin.readline()


def main(text="127.0.0.1:12345", length=str(DEFAULT_BACKLOG), *_):
    ip, port = address(text)
    length = backlog(length)
    pipe = Pipe()

    sock = socket.socket(socket.AF_INET6 if ip.version == 6 else socket.AF_INET, socket.SOCK_STREAM)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    sock.bind((str(ip), port))
    port = sock.getsockname()[1]
    pipe.put(sock)
    tell(f"묶었습니다: [{ip}]:{port}" if ip.version == 6 else f"묶었습니다: {ip}:{port}")

    sock = pipe.get()
    sock.listen(length)
    pipe.put(sock)
    tell("듣고 있습니다.")

    pipe.spill()
    tell("닫았습니다.")


try:
    main(*sys.argv[1:])
except OSError as error:
    sys.exit(f"오류: {error}")
