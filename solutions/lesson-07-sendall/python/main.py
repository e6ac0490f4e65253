"""레슨 07의 파이썬판 / the Python version of lesson 07."""

import socket
import sys
import time

DEFAULT_ADDRESS = "127.0.0.1:12345"
DEFAULT_SIZE = 8 * 1024 * 1024
PAUSE = 0.001


# ANCHOR: send_all
def send_all(sock, message):
    """message를 모두 보내며, 그때까지 넘긴 바이트 수를 하나씩 내놓습니다.
    Sends all of message; yields how many bytes were handed over so far."""
    sent = 0
    while sent < len(message):
        try:
            sent += sock.send(message[sent:])
        except BlockingIOError:
            time.sleep(PAUSE)
        yield sent
# ANCHOR_END: send_all


def main():
    address = sys.argv[1] if len(sys.argv) > 1 else DEFAULT_ADDRESS
    size = int(sys.argv[2]) if len(sys.argv) > 2 else DEFAULT_SIZE
    host, port = address.rsplit(":", 1)
    pattern = bytes(range(251))
    message = (pattern * (size // len(pattern) + 1))[:size]
    with socket.create_connection((host, int(port))) as sock:
        sock.setblocking(False)
        sent = 0
        try:
            for sent in send_all(sock, memoryview(message)):
                pass
        except OSError as error:
            sys.exit(f"오류: {sent}바이트를 넘긴 뒤 {address}이(가) 떠났습니다: {error}")
        print(f"모두 넘겼습니다: {sent}바이트", flush=True)


main()
