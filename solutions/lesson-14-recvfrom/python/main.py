"""레슨 14의 파이썬판 / the Python version of lesson 14."""

import socket
import sys

DEFAULT_ADDRESS = "127.0.0.1:12345"
MOST = 65535


def text(message):
    try:
        whole = message.decode()
    except UnicodeDecodeError:
        return "글이 아닙니다"
    return whole if len(whole) <= 30 else whole[:30] + "…"


def written(address):
    host, port = address[:2]
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def main():
    host, port = (sys.argv[1] if len(sys.argv) > 1 else DEFAULT_ADDRESS).rsplit(":", 1)
    host = host.strip("[]")
    # ANCHOR: recvfrom
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_DGRAM) as server:
        server.bind((host, int(port)))
        print("서버가 시작되었습니다:", written(server.getsockname()), flush=True)
        while True:
            message, sender = server.recvfrom(MOST)
            print(f"{written(sender)}: {text(message)}", flush=True)
            server.sendto(f"{len(message)}바이트를 받았습니다".encode(), sender)
    # ANCHOR_END: recvfrom


main()
