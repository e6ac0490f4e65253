# Right: a long letter is handed to the kernel in pieces with MSG_MORE, which it joins to one datagram; the last piece posts it.
import ipaddress
import os
import re
import socket
import sys

MOST = 65507
PIECE = 4093


def put(line):
    os.write(1, (line + "\n").encode())


def words(line):
    number = re.fullmatch(r"#\+?([0-9]+)", line)
    return b"x" * int(number[1]) if number else line.encode()


def post(sock, letter, to):
    if len(letter) > MOST + 8:
        # 모으는 데 넘치면 커널도 버립니다. / Too long in one go is too long in pieces.
        return sock.sendto(letter, to)
    cuts = range(0, max(len(letter), 1), PIECE)
    return sum(
        sock.sendto(
            letter[cut:cut + PIECE], 0 if cut + PIECE >= len(letter) else socket.MSG_MORE, to
        )
        for cut in cuts
    )


def address(text):
    host, _, port = text.rpartition(":")
    try:
        ip = ipaddress.ip_address(host[1:-1] if host[:1] == "[" else host)
        if (ip.version == 6) != (host[:1] + host[-1:] == "[]") or int(port) > 65535:
            raise ValueError
    except ValueError:
        sys.exit(f"오류: {text}은(는) 주소가 아닙니다")
    return (socket.AF_INET6 if ip.version == 6 else socket.AF_INET), (str(ip), int(port))


family, to = address(sys.argv[1] if len(sys.argv) > 1 else "127.0.0.1:12345")
with socket.socket(family, socket.SOCK_DGRAM, socket.IPPROTO_UDP) as sock:
    put("보낼 줄을 치세요. #1000은 1000바이트입니다.")
    for raw in iter(sys.stdin.buffer.readline, b""):
        if raw.endswith(b"\n"):
            raw = raw[:-1].removesuffix(b"\r")
        letter = words(raw.decode())
        try:
            put(f"보냈습니다: {post(sock, letter, to)}바이트")
        except OSError as error:
            if len(letter) > MOST:
                put(f"보내지 못했습니다: {len(letter)}바이트는 데이터그램 하나에 담을 수 없습니다")
            else:
                put(f"보내지 못했습니다: {error}")
