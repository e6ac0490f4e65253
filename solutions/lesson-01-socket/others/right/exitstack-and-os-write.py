# Right: an ExitStack holds the sockets, SO_TYPE is asked for by number, stdin and stdout are used through os.read and os.write.
import contextlib
import os
import socket
import sys


def say(line):
    os.write(1, line.encode() + b"\n")


def enter():
    while (byte := os.read(0, 1)) not in (b"", b"\n"):
        pass


def kind(sock):
    number = sock.getsockopt(socket.SOL_SOCKET, socket.SO_TYPE)
    return {1: "SOCK_STREAM", 2: "SOCK_DGRAM"}[number]


def end(which):
    try:
        host, port = which()
    except OSError:
        return "없음"
    return "%s:%d" % (host, port) if port else "없음"


def ends(sock):
    return f"내 쪽 {end(sock.getsockname)}, 상대 쪽 {end(sock.getpeername)}"


address = (sys.argv[1:] or ["127.0.0.1:12345"])[0]
host, _, port = address.rpartition(":")
if not host or not port.isdecimal():
    sys.exit(f"{address} is no address")
with contextlib.ExitStack() as stack:
    tcp = stack.enter_context(socket.socket())
    say("1. TCP 소켓을 만들었습니다. (Enter)")
    enter()
    udp = stack.enter_context(socket.socket(type=socket.SOCK_DGRAM))
    say("2. UDP 소켓을 만들었습니다. (Enter)")
    enter()
    say(f"3. 종류: {kind(tcp)}, {kind(udp)}")
    say(f"4. connect 전: {ends(udp)}")
    udp.connect((host, int(port)))
    say(f"   connect 후: {ends(udp)}")
