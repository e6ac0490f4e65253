"""바이트를 TCP 소켓으로 보내려는 클라이언트 / a client that tries to send bytes on a TCP socket."""

import socket
import sys

host, port = sys.argv[1].rsplit(":", 1)
# ANCHOR: client
with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as client_socket:
    client_socket.sendto("거기 누구 있나요?".encode(), (host, int(port)))
# ANCHOR_END: client
