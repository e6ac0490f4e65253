"""레슨 21의 파이썬판 / the Python version of lesson 21."""

import socket
import sys

DEFAULT_ADDRESS = "127.0.0.1:12345"


def main():
    host, port = (sys.argv[1] if len(sys.argv) > 1 else DEFAULT_ADDRESS).rsplit(":", 1)
    with socket.create_server((host, int(port))) as listener:
        host, port = listener.getsockname()
        print(f"서버가 시작되었습니다: {host}:{port}", flush=True)
        client, _ = listener.accept()
        client.close()


main()
