# Right: the bind runs in a concurrent.futures worker; main takes the Future's result or exception; stdin is waited for with select.
import errno
import ipaddress
import os
import select
import socket
import sys
from concurrent.futures import ThreadPoolExecutor


def address(text):
    host, _, port = text.rpartition(":")
    number = int(port)
    if not port.isdigit() or number > 65535:
        raise ValueError(text)
    if host.startswith("["):
        return socket.AF_INET6, (str(ipaddress.IPv6Address(host.removeprefix("[").removesuffix("]"))), number, 0, 0)
    return socket.AF_INET, (str(ipaddress.IPv4Address(host)), number)


def bind(family, where):
    sock = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, b"\1\0\0\0" if sys.byteorder == "little" else b"\0\0\0\1")
        sock.bind(where)
    except BaseException:
        sock.close()
        raise
    return sock


def main(text):
    try:
        family, where = address(text)
    except ValueError:
        return f"오류: {text}은(는) 주소가 아닙니다"
    with ThreadPoolExecutor(1) as pool:
        future = pool.submit(bind, family, where)
        error = future.exception()
    match error:
        case None:
            pass
        case OSError(errno=errno.EADDRINUSE):
            return f"오류: {text} 포트를 누가 쓰고 있습니다. 다른 포트를 고르거나 그 프로그램을 끝내세요."
        case _:
            return f"오류: {text}에 묶을 수 없습니다: {error}"
    with future.result() as sock:
        got = sock.getsockname()
        shown = f"[{got[0]}]" if family == socket.AF_INET6 else got[0]
        print(f"묶었습니다: {shown}:{got[1]} (Enter)", flush=True)
        line = b""
        while not line.endswith(b"\n"):
            select.select([0], [], [])
            byte = os.read(0, 1)
            if not byte:
                break
            line += byte
    return 0


sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "127.0.0.1:12345"))
