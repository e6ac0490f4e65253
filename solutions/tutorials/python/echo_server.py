"""quit까지 되돌려 주는 서버, 튜토리얼의 방식으로 / echoes until quit, in the tutorial's manner."""

import socket
import sys

host, port = sys.argv[1].rsplit(":", 1)
# ANCHOR: server
with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as door:
    door.bind((host, int(port)))
    door.listen()
    print("서버가 시작되었습니다: %s:%d" % door.getsockname())
    guest, where = door.accept()
    with guest:
        while True:
            words = guest.recv(1024)
            print("되돌린 말:", words.decode("utf-8"))
            guest.sendall(words)
            if words.decode("utf-8") == "quit":
                break
# ANCHOR_END: server
