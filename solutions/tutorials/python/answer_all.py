"""차례로 답하는 서버, 튜토리얼의 방식으로 / answers in turn, in the tutorial's manner."""

import socket
import sys

host, port = sys.argv[1].rsplit(":", 1)
# ANCHOR: server
door = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
door.bind((host, int(port)))
door.listen(1)
print("서버가 시작되었습니다: %s:%d" % door.getsockname())
while True:
    guest, where = door.accept()
    words = guest.recv(1024).decode()
    print("들은 말:", words)
    guest.sendall("잘 들었어요".encode())
    guest.close()
# ANCHOR_END: server
