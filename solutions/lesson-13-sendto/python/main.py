"""레슨 13의 파이썬판 / the Python version of lesson 13."""

import socket
import sys

DEFAULT_ADDRESS = "127.0.0.1:12345"
MOST = 65507


def message(line):
    count = line[1:] if line.startswith("#") else ""
    return b"x" * int(count) if count.isdecimal() else line.encode()


def main():
    host, port = (sys.argv[1] if len(sys.argv) > 1 else DEFAULT_ADDRESS).rsplit(":", 1)
    host = host.strip("[]")
    # ANCHOR: sendto
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_DGRAM) as sender:
        print("보낼 줄을 치세요. #1000은 1000바이트입니다.", flush=True)
        for line in sys.stdin:
            data = message(line.rstrip("\n"))
            try:
                count = sender.sendto(data, (host, int(port)))
                print(f"보냈습니다: {count}바이트", flush=True)
            except OSError as error:
                too_long = f"{len(data)}바이트는 데이터그램 하나에 담을 수 없습니다"
                why = too_long if len(data) > MOST else error
                print(f"보내지 못했습니다: {why}", flush=True)
    # ANCHOR_END: sendto


main()
