"""친 말을 보내고 듣는 클라이언트, 튜토리얼의 방식으로 / an echo client, in the tutorial's manner."""

import socket
import sys

host, port = sys.argv[1].rsplit(":", 1)
# ANCHOR: client
with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as line:
    line.connect((host, int(port)))
    while True:
        typed = input()
        line.sendall(typed.encode("utf-8"))
        echo = line.recv(1024)
        print("들은 말:", echo.decode("utf-8"))
        if typed == "quit":
            break
# ANCHOR_END: client
