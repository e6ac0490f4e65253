"""손님마다 스레드를 두는 채팅 서버, 튜토리얼의 방식으로 / a chat with a thread per client, in the tutorial's manner."""

import socket
import sys
import threading

host, port = sys.argv[1].rsplit(":", 1)
# ANCHOR: server
members = []

def serve(client):
    members.append(client)
    print("손님:", len(members))
    while data := client.recv(1024):
        for member in members:
            member.sendall(data)
    members.remove(client)
    client.close()

listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
listener.bind((host, int(port)))
listener.listen()
print("서버가 시작되었습니다: %s:%d" % listener.getsockname())
while True:
    client, addr = listener.accept()
    threading.Thread(target=serve, args=(client,)).start()
# ANCHOR_END: server
