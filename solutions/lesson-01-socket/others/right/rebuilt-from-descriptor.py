# Right: keeps bare descriptor numbers only, rebuilds a socket object around each for every question, and asks for SO_TYPE itself.
import os
import socket
import sys
from contextlib import contextmanager


@contextmanager
def view(number):
    seen = socket.socket(fileno=os.dup(number))
    try:
        yield seen
    finally:
        seen.close()


def make(kind):
    return socket.socket(socket.AF_INET, kind).detach()


def name(number):
    with view(number) as seen:
        return socket.SocketKind(seen.getsockopt(socket.SOL_SOCKET, socket.SO_TYPE)).name


def ends(number):
    told = []
    with view(number) as seen:
        for side, ask in (("내 쪽", seen.getsockname), ("상대 쪽", seen.getpeername)):
            try:
                host, port = ask()
            except OSError:
                port = 0
            told.append(f"{side} {host}:{port}" if port else f"{side} 없음")
    return ", ".join(told)


def say(text):
    os.write(1, (text + "\n").encode())


def main(address="127.0.0.1:12345"):
    host, _, port = address.rpartition(":")
    tcp = make(socket.SOCK_STREAM)
    say("1. TCP 소켓을 만들었습니다. (Enter)")
    sys.stdin.readline()
    udp = make(socket.SOCK_DGRAM)
    say("2. UDP 소켓을 만들었습니다. (Enter)")
    sys.stdin.readline()
    say(f"3. 종류: {name(tcp)}, {name(udp)}")
    say(f"4. connect 전: {ends(udp)}")
    with view(udp) as seen:
        seen.connect((host, int(port)))
    say(f"   connect 후: {ends(udp)}")
    os.close(udp)
    os.close(tcp)


try:
    main(*sys.argv[1:2])
except (OSError, ValueError) as error:
    sys.exit(f"failed: {error}")
