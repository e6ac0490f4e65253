"""quit까지 되돌려 주는 서버, 튜토리얼의 방식으로 / echoes until quit, in the tutorial's manner."""

import socket
import sys

host, port = sys.argv[1].rsplit(":", 1)
# ANCHOR: server
with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as listener:
    listener.bind((host, int(port)))
    listener.listen()
    print("서버가 시작되었습니다: %s:%d" % listener.getsockname())
    client, addr = listener.accept()
    with client:
        while True:
            data = client.recv(1024)
            print("되돌린 말:", data.decode("utf-8"))
            client.sendall(data)
            if data.decode("utf-8") == "quit":
                break
# ANCHOR_END: server
