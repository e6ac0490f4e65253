"""레슨 15의 파이썬판: 서버 / the Python version of lesson 15: the server."""

import socket
import sys

DEFAULT_ADDRESS = "127.0.0.1:12345"
MOST = 65535

host, port = (sys.argv[1] if len(sys.argv) > 1 else DEFAULT_ADDRESS).rsplit(":", 1)
# ANCHOR: echo
with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as server:
    server.bind((host, int(port)))
    print("서버가 시작되었습니다: %s:%d" % server.getsockname(), flush=True)
    while True:
        try:
            datagram, sender = server.recvfrom(MOST)
            server.sendto(datagram, sender)
        except ConnectionResetError:
            pass  # Windows
# ANCHOR_END: echo
