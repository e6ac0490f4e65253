# Right: binds, then replaces its own process image by exec and lets the new image, which inherits the descriptor, tell the address and wait.
import errno
import ipaddress
import os
import re
import socket
import sys

MARK = "LESSON_02_BOUND"


def die(sentence):
    os.write(2, f"오류: {sentence}\n".encode())
    sys.exit(1)


def parse(text):
    found = re.fullmatch(r"(?:\[([0-9a-fA-F:.]+)\]|([0-9.]+)):([0-9]{1,5})", text)
    try:
        if not found or int(found[3]) > 65535:
            raise ValueError
        host = ipaddress.IPv6Address(found[1]) if found[1] else ipaddress.IPv4Address(found[2])
    except ValueError:
        die(f"{text}은(는) 주소가 아닙니다")
    return str(host), int(found[3])


def first_life():
    text = sys.argv[1] if len(sys.argv) > 1 else "127.0.0.1:12345"
    where = parse(text)
    family = socket.AF_INET6 if ":" in where[0] else socket.AF_INET
    sock = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        sock.bind(where)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            die(f"{text}은(는) 다른 프로그램이 쓰고 있습니다. 그 프로그램을 끝내거나 다른 포트를 고르세요.")
        die(f"{text}에 묶을 수 없습니다: {error}")
    sock.set_inheritable(True)
    os.environ[MARK] = f"{os.getpid()} {sock.fileno()}"
    os.execv(sys.executable, [sys.executable, os.path.abspath(__file__)])


def second_life(descriptor):
    with socket.socket(fileno=descriptor) as sock:
        host, port = sock.getsockname()[:2]
        told = f"[{host}]:{port}" if sock.family == socket.AF_INET6 else f"{host}:{port}"
        os.write(1, f"묶었습니다: {told} (Enter)\n".encode())
        while os.read(0, 1) not in (b"", b"\n"):
            pass


born, _, number = os.environ.get(MARK, "").partition(" ")
if born == str(os.getpid()):
    second_life(int(number))
else:
    first_life()
