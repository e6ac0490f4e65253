"""레슨 02의 파이썬판 / the Python version of lesson 02."""

import errno
import os
import socket
import sys

DEFAULT_ADDRESS = "127.0.0.1:12345"


def main():
    address = sys.argv[1] if len(sys.argv) > 1 else DEFAULT_ADDRESS
    host, port = address.rsplit(":", 1)
    bare = host.strip("[]")
    family = socket.AF_INET6 if ":" in bare else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as sock:
        if os.name == "posix":
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            sock.bind((bare, int(port)))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                sys.exit(f"오류: {address}은(는) 다른 프로그램이 쓰고 있습니다.")
            sys.exit(f"오류: {address}에 묶을 수 없습니다: {error}")
        port = sock.getsockname()[1]
        print(f"묶었습니다: {host}:{port} (Enter)", flush=True)
        sys.stdin.readline()


main()
