# Right: numeric getaddrinfo, a generator context manager that binds, a dict of sentences by errno, stdin by selectors.
import collections
import contextlib
import errno
import os
import selectors
import socket
import sys

SENTENCES = collections.defaultdict(
    lambda: "{address}에 묶지 못했습니다: {why}",
    {
        errno.EADDRINUSE: "{address}은(는) 이미 누가 씁니다. 그 프로그램을 멈추거나 다른 포트를 고르세요.",
    },
)


class Told(Exception):
    pass


def resolved(text):
    host, _, port = text.rpartition(":")
    flags = socket.AI_NUMERICHOST | socket.AI_NUMERICSERV | socket.AI_PASSIVE
    bare = host.removeprefix("[").removesuffix("]")
    if not bare or (":" in bare) != host.startswith("["):
        raise Told(f"{text}은(는) 주소가 아닙니다")
    try:
        return socket.getaddrinfo(bare, port, type=socket.SOCK_STREAM, flags=flags)[0]
    except (socket.gaierror, UnicodeError):
        raise Told(f"{text}은(는) 주소가 아닙니다") from None


@contextlib.contextmanager
def bound(text):
    family, kind, protocol, _, address = resolved(text)
    sock = socket.socket(family, kind, protocol)
    try:
        if os.name == "posix":
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, True)
        try:
            sock.bind(address)
        except OSError as error:
            sentence = SENTENCES[error.errno].format(address=text, why=error.strerror)
            raise Told(sentence) from None
        host, port, *_ = sock.getsockname()
        yield f"[{host}]:{port}" if family == socket.AF_INET6 else f"{host}:{port}"
    finally:
        sock.close()


def wait_for_enter():
    with selectors.DefaultSelector() as selector:
        with contextlib.suppress(PermissionError):  # a file is always ready
            selector.register(0, selectors.EVENT_READ)
        while True:
            if selector.get_map():
                selector.select()
            if b"\n" in (chunk := os.read(0, 80)) or not chunk:
                return


def main():
    try:
        with bound(sys.argv[1] if sys.argv[1:] else "127.0.0.1:12345") as name:
            sys.stdout.write(f"묶었습니다: {name} (Enter)\n")
            sys.stdout.flush()
            wait_for_enter()
    except Told as told:
        sys.stderr.write(f"오류: {told}\n")
        return 1
    return 0


raise SystemExit(main())
