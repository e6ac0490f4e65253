"""레슨 10의 파이썬판: 클라이언트 / the Python version of lesson 10: the client."""

import socket
import sys

DEFAULT_ADDRESS = "127.0.0.1:12345"
DEFAULT_MESSAGE = "저 왔어요."
PATIENCE = 10.0


def ask(address, message):
    host, port = address.rsplit(":", 1)
    # ANCHOR: ask
    with socket.create_connection((host, int(port))) as server:
        server.settimeout(PATIENCE)
        server.sendall(f"{message}\n".encode())
        with server.makefile("rb") as lines:
            reply = lines.readline()
    if not reply.endswith(b"\n"):
        raise EOFError("답이 줄바꿈 전에 끝났습니다")
    # ANCHOR_END: ask
    return reply.decode().rstrip("\n")


address = sys.argv[1] if len(sys.argv) > 1 else DEFAULT_ADDRESS
message = sys.argv[2] if len(sys.argv) > 2 else DEFAULT_MESSAGE
try:
    print("서버의 답:", ask(address, message))
except (OSError, EOFError, UnicodeDecodeError) as error:
    sys.exit(f"오류: {address}: {error}")
