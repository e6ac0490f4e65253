"""레슨 03의 파이썬판 / the Python version of lesson 03."""

import os
import socket
import sys

DEFAULT_ADDRESS = "127.0.0.1:12345"
DEFAULT_BACKLOG = 128


def main():
    host, port = (sys.argv[1] if len(sys.argv) > 1 else DEFAULT_ADDRESS).rsplit(":", 1)
    try:
        backlog = int(sys.argv[2]) if len(sys.argv) > 2 else DEFAULT_BACKLOG
    except ValueError:
        sys.exit(f"오류: 백로그는 숫자여야 합니다: {sys.argv[2]}")
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as listener:
        if os.name == "posix":
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, int(port)))
        host, port = listener.getsockname()
        print(f"묶었습니다: {host}:{port} (Enter)", flush=True)
        sys.stdin.readline()
        listener.listen(backlog)
        print("듣고 있습니다. (Enter)", flush=True)
        sys.stdin.readline()
    print("닫았습니다. (Enter)", flush=True)
    sys.stdin.readline()


main()
