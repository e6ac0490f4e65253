"""레슨 09의 파이썬판: 클라이언트 / the Python version of lesson 09: the client."""

import socket
import sys

DEFAULT_ADDRESS = "127.0.0.1:12345"
GREETING = "안녕하세요? 반갑습니다!"
PATIENCE = 10.0


def ask(address):
    host, port = address.rsplit(":", 1)
    # ANCHOR: ask
    with socket.create_connection((host, int(port))) as server:
        server.settimeout(PATIENCE)
        server.sendall(f"{GREETING}\n".encode())
        reply = b""
        while chunk := server.recv(1024):
            reply += chunk
    # ANCHOR_END: ask
    if not reply:
        raise ConnectionError("서버가 답하지 않고 끝냈습니다")
    return reply.decode().rstrip()


address = sys.argv[1] if len(sys.argv) > 1 else DEFAULT_ADDRESS
try:
    print("서버의 답:", ask(address))
except (OSError, UnicodeDecodeError) as error:
    sys.exit(f"오류: {address}: {error}")
