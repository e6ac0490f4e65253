"""한 번 묻는 클라이언트, 튜토리얼의 방식으로 / asks once, in the tutorial's manner."""

import socket
import sys

host, port = sys.argv[1].rsplit(":", 1)
# ANCHOR: client
line = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
line.connect((host, int(port)))
try:
    line.sendall("거기 누구 있나요?".encode())
    answer = line.recv(1024)
    print("들은 답:", answer.decode())
finally:
    line.close()
# ANCHOR_END: client
