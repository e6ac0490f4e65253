# Right: the type by a raw getsockopt, the endpoints out of /proc/self/net/udp by the socket's inode.
import os
import re
import socket
import struct
import sys


def say(text):
    os.write(1, (text + "\n").encode())


def enter():
    while (byte := os.read(0, 1)) not in (b"", b"\n"):
        pass


def kind(sock):
    raw = sock.getsockopt(socket.SOL_SOCKET, socket.SO_TYPE, struct.calcsize("i"))
    (number,) = struct.unpack("i", raw)
    return {1: "SOCK_STREAM", 2: "SOCK_DGRAM"}[number]


def unhex(text):
    """0100007F:3039 is 127.0.0.1:12345 (the address is a number in the machine's own order)."""
    address, port = (int(part, 16) for part in text.split(":"))
    if port == 0:
        return "없음"
    return f"{socket.inet_ntoa(struct.pack('=I', address))}:{port}"


def ends(sock):
    inode = re.fullmatch(r"socket:\[(\d+)\]", os.readlink(f"/proc/self/fd/{sock.fileno()}"))[1]
    own = other = "없음"
    with open("/proc/self/net/udp", encoding="ascii") as table:
        next(table)
        for row in table:
            fields = row.split()
            if fields[9] == inode:
                own, other = unhex(fields[1]), unhex(fields[2])
    return f"내 쪽 {own}, 상대 쪽 {other}"


def main(argv):
    text = argv[1] if argv[1:] else "127.0.0.1:12345"
    host, colon, port = text.rpartition(":")
    try:
        socket.inet_pton(socket.AF_INET, host)
        port = int(port)
        if not 0 <= port <= 65535:
            raise ValueError
    except (OSError, ValueError):
        raise SystemExit(f"오류: {text}은(는) 주소가 아닙니다")
    tcp = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    say("1. TCP 소켓을 만들었습니다. (Enter)")
    enter()
    udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM, socket.IPPROTO_UDP)
    say("2. UDP 소켓을 만들었습니다. (Enter)")
    enter()
    say("3. 종류: " + ", ".join(map(kind, (tcp, udp))))
    say("4. connect 전: " + ends(udp))
    try:
        udp.connect((host, port))
    except OSError as error:
        raise SystemExit(f"오류: {error}")
    say("   connect 후: " + ends(udp))
    for each in (udp, tcp):
        each.close()


main(sys.argv)
