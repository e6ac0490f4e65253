"""데이터그램을 받는 서버, 튜토리얼의 방식으로 / receives datagrams, in the tutorial's manner."""

import socket
import sys

host, port = sys.argv[1].rsplit(":", 1)
# ANCHOR: server
with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as server_socket:
    server_socket.bind((host, int(port)))
    print("서버가 시작되었습니다: %s:%d" % server_socket.getsockname())
    data, addr = server_socket.recvfrom(200)
    print("들은 말:", len(data), "바이트")
# ANCHOR_END: server
