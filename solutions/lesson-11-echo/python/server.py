"""레슨 11의 파이썬판: 서버 / the Python version of lesson 11: the server."""

import socket
import sys

DEFAULT_ADDRESS = "127.0.0.1:12345"
LIMIT = 64 * 1024
PATIENCE = 10.0


# ANCHOR: echo
def echo(client):
    with client.makefile("rb") as lines:
        is_whole = True  # 긴 줄의 나머지가 아닙니다 / not the rest of a long line
        while line := lines.readline(LIMIT):
            client.sendall(line)
            if is_whole and is_quit(line):
                part(client)
                return True
            is_whole = line.endswith(b"\n")
    return False
# ANCHOR_END: echo


def is_quit(line):
    line = line[:-1] if line.endswith(b"\n") else line
    line = line[:-1] if line.endswith(b"\r") else line
    return line == b"quit"


def part(client):
    client.shutdown(socket.SHUT_WR)
    client.settimeout(PATIENCE)
    try:
        while client.recv(4096):
            pass
    except OSError:
        pass  # 답은 모두 보냈습니다 / everything is sent


def main():
    host, port = (sys.argv[1] if len(sys.argv) > 1 else DEFAULT_ADDRESS).rsplit(":", 1)
    with socket.create_server((host, int(port))) as listener:
        host, port = listener.getsockname()
        print(f"서버가 시작되었습니다: {host}:{port}", flush=True)
        while True:
            client, _ = listener.accept()
            with client:
                try:
                    quit_was_said = echo(client)
                except OSError:
                    print("손님과의 연결이 끊겼습니다.", flush=True)
                    continue
            if quit_was_said:
                print("손님이 quit을 말했습니다. 서버를 마칩니다.", flush=True)
                return
            print("손님이 떠났습니다.", flush=True)


try:
    main()
except OSError as error:
    sys.exit(f"오류: {error}")
