"""레슨 01의 파이썬판 / the Python version of lesson 01."""

import socket
import sys

DEFAULT_ADDRESS = "127.0.0.1:12345"


def endpoint(ask):
    """종단점, 없으면 '없음' / the endpoint, or "none" in Korean."""
    try:
        host, port = ask()
    except OSError:
        return "없음"
    return f"{host}:{port}" if port else "없음"


def describe(sock):
    return f"내 쪽 {endpoint(sock.getsockname)}, 상대 쪽 {endpoint(sock.getpeername)}"


def main():
    host, port = (sys.argv[1] if len(sys.argv) > 1 else DEFAULT_ADDRESS).rsplit(":", 1)
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as tcp:
        print("1. TCP 소켓을 만들었습니다. (Enter)", flush=True)
        sys.stdin.readline()
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as udp:
            print("2. UDP 소켓을 만들었습니다. (Enter)", flush=True)
            sys.stdin.readline()
            print(f"3. 종류: {tcp.type.name}, {udp.type.name}", flush=True)
            print(f"4. connect 전: {describe(udp)}", flush=True)
            udp.connect((host, int(port)))
            print(f"   connect 후: {describe(udp)}", flush=True)


main()
