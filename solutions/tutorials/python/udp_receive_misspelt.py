"""메서드의 이름을 틀린 서버 / a server that misspells a method."""

import socket
import sys

host, port = sys.argv[1].rsplit(":", 1)
# ANCHOR: server
with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as box:
    box.bind((host, int(port)))
    print("서버가 시작되었습니다: %s:%d" % box.getsockname())
    guest, where = box.recvform(200)
# ANCHOR_END: server
