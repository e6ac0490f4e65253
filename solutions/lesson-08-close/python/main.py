"""레슨 08의 파이썬판 / the Python version of lesson 08."""

import os
import socket
import sys
import threading

DEFAULT_ADDRESS = "127.0.0.1:12345"
LIMIT = 1024
PATIENCE = 10.0


def serve(client):
    client.settimeout(PATIENCE)
    request = b""
    while len(request) <= LIMIT and (chunk := client.recv(LIMIT + 1 - len(request))):
        request += chunk
    if len(request) <= LIMIT:
        reply = f"{len(request)}바이트를 받았습니다\n"
    else:
        reply = "너무 깁니다\n"
    client.sendall(reply.encode())
    # ANCHOR: parting
    client.shutdown(socket.SHUT_WR)
    print("할 말을 다 했습니다.", flush=True)
    while client.recv(16 * 1024):
        pass
    # ANCHOR_END: parting


def end_on_enter():
    if sys.stdin.readline():
        os._exit(0)


def main():
    host, port = (sys.argv[1] if len(sys.argv) > 1 else DEFAULT_ADDRESS).rsplit(":", 1)
    with socket.create_server((host, int(port))) as listener:
        host, port = listener.getsockname()
        print(f"서버가 시작되었습니다: {host}:{port} (Enter로 끝냅니다)", flush=True)
        threading.Thread(target=end_on_enter, daemon=True).start()
        while True:
            client, _ = listener.accept()
            with client:
                try:
                    serve(client)
                    ended = "손님이 닫았습니다 (FIN)"
                except ConnectionResetError:
                    ended = "손님이 끊었습니다 (RST)"
                except OSError as error:
                    ended = f"오류: {error}"
            print(ended, flush=True)


main()
