"""레슨 11의 파이썬판: 클라이언트 / the Python version of lesson 11: the client."""

import socket
import sys

DEFAULT_ADDRESS = "127.0.0.1:12345"


def converse(server, lines):
    # ANCHOR: converse
    while True:
        try:
            typed = input("> " if sys.stdin.isatty() else "")
        except EOFError:
            return
        server.sendall(f"{typed}\n".encode())
        echo = lines.readline()
        if not echo.endswith(b"\n"):
            raise EOFError("답이 줄바꿈 전에 끝났습니다")
        print("메아리:", echo.decode().rstrip("\n"), flush=True)
        if typed == "quit":
            return
    # ANCHOR_END: converse


address = sys.argv[1] if len(sys.argv) > 1 else DEFAULT_ADDRESS
try:
    host, port = address.rsplit(":", 1)
    with socket.create_connection((host, int(port))) as server:
        with server.makefile("rb") as lines:
            converse(server, lines)
    print("대화를 마칩니다.")
except (OSError, EOFError, UnicodeDecodeError) as error:
    sys.exit(f"오류: {address}: {error}")
