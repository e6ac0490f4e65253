"""레슨 15의 파이썬판: 클라이언트 / the Python version of lesson 15: the client."""

import socket
import sys
import time

DEFAULT_ADDRESS = "127.0.0.1:12345"
DEFAULT_FIRST_WAIT = 500
ATTEMPTS = 4
MOST = 65535


def reply_to(number, datagram):
    try:
        own, space, text = datagram.decode().partition(" ")
    except UnicodeDecodeError:
        return None
    return text if space and own == str(number) else None


# ANCHOR: ask
def wait_for_reply(box, server, number, deadline):
    while (left := deadline - time.monotonic()) > 0:
        box.settimeout(left)
        try:
            datagram, sender = box.recvfrom(MOST)
        except (socket.timeout, ConnectionResetError):
            continue
        reply = reply_to(number, datagram)
        if sender == server and reply is not None:
            return reply
    return None


def ask(box, server, number, line, wait):
    for _ in range(ATTEMPTS):
        box.sendto(f"{number} {line}".encode(), server)
        reply = wait_for_reply(box, server, number, time.monotonic() + wait)
        if reply is not None:
            return reply
        wait *= 2
    return None
# ANCHOR_END: ask


host, port = (sys.argv[1] if len(sys.argv) > 1 else DEFAULT_ADDRESS).rsplit(":", 1)
first_wait = int(sys.argv[2] if len(sys.argv) > 2 else DEFAULT_FIRST_WAIT) / 1000
server = (socket.gethostbyname(host), int(port))
with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as box:
    for number, line in enumerate(sys.stdin, 1):
        reply = ask(box, server, number, line.rstrip("\n"), first_wait)
        told = f"{number}번 요청을 포기했습니다" if reply is None else f"메아리: {reply}"
        print(told, flush=True)
