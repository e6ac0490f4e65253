"""한 번 답하고 끝나는 서버, 튜토리얼의 방식으로 / answers once, in the tutorial's manner."""

import socket
import sys

host, port = sys.argv[1].rsplit(":", 1)
# ANCHOR: server
listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
listener.bind((host, int(port)))
listener.listen()
print("서버가 시작되었습니다: %s:%d" % listener.getsockname())
client, addr = listener.accept()
data = client.recv(1024)
print("들은 말:", data.decode())
client.sendall("잘 들었어요".encode())
client.close()
listener.close()
# ANCHOR_END: server
