"""레슨 04의 파이썬판 / the Python version of lesson 04."""

import socket
import sys

DEFAULT_ADDRESS = "127.0.0.1:12345"
GREETING = "반갑습니다"


def main():
    host, port = (sys.argv[1] if len(sys.argv) > 1 else DEFAULT_ADDRESS).rsplit(":", 1)
    # ANCHOR: calls
    with socket.create_server((host, int(port))) as listener:
        host, port = listener.getsockname()
        print(f"서버가 시작되었습니다: {host}:{port}", flush=True)
        while True:
            client, peer = listener.accept()
            print(f"손님이 왔습니다: {peer[0]}:{peer[1]}", flush=True)
            with client:
                try:
                    client.sendall(GREETING.encode())
                    while client.recv(1024):
                        pass
                except OSError as error:
                    print(f"{peer[0]}:{peer[1]}: {error}", file=sys.stderr)
    # ANCHOR_END: calls


main()
