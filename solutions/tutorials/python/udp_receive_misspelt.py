"""메서드의 이름을 틀린 서버 / a server that misspells a method."""

import socket
import sys

host, port = sys.argv[1].rsplit(":", 1)
# ANCHOR: server
with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as server_socket:
    server_socket.bind((host, int(port)))
    print("서버가 시작되었습니다: %s:%d" % server_socket.getsockname())
    data, addr = server_socket.recvform(200)
# ANCHOR_END: server
