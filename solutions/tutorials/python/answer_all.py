"""차례로 답하는 서버, 튜토리얼의 방식으로 / answers in turn, in the tutorial's manner."""

import socket
import sys

host, port = sys.argv[1].rsplit(":", 1)
# ANCHOR: server
listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
listener.bind((host, int(port)))
listener.listen(1)
print("서버가 시작되었습니다: %s:%d" % listener.getsockname())
while True:
    client, addr = listener.accept()
    data = client.recv(1024).decode()
    print("들은 말:", data)
    client.sendall("잘 들었어요".encode())
    client.close()
# ANCHOR_END: server
