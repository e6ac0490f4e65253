"""레슨 00의 파이썬판 / the Python version of lesson 00."""

import socket
import sys

DEFAULT_ADDRESS = "127.0.0.1:12345"


def main():
    host, port = (sys.argv[1] if len(sys.argv) > 1 else DEFAULT_ADDRESS).rsplit(":", 1)
    with socket.create_server((host, int(port))) as listener:
        host, port = listener.getsockname()
        print(f"서버가 시작되었습니다: {host}:{port}", flush=True)
        client, _ = listener.accept()
        with client, client.makefile("rw", encoding="utf-8", newline="\n") as stream:
            name = stream.readline().rstrip()
            stream.write(f"안녕하세요, {name}님!\n")


main()
