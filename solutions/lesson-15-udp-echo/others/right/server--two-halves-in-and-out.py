# Right: recvmsg_into scatters each datagram over a seven-byte head and a long tail, and sendmsg gathers the two views again.
import os
import socket
import sys

HEAD, MOST = 7, 65535


def echo(box, head, tail):
    count, _, _, sender = box.recvmsg_into([head, tail])
    first = min(count, HEAD)
    box.sendmsg([head[:first], tail[:count - first]], [], 0, sender)


def main(address="127.0.0.1:12345", *_):
    host, _, port = address.rpartition(":")
    family = socket.AF_INET6 if host.startswith("[") else socket.AF_INET
    box = socket.socket(family, socket.SOCK_DGRAM)
    box.bind((host.strip("[]"), int(port)))
    host, port = box.getsockname()[:2]
    name = f"[{host}]" if family == socket.AF_INET6 else host
    os.write(1, f"서버가 시작되었습니다: {name}:{port}\n".encode())
    head, tail = memoryview(bytearray(HEAD)), memoryview(bytearray(MOST - HEAD))
    while True:
        try:
            echo(box, head, tail)
        except ConnectionResetError:
            pass


try:
    main(*sys.argv[1:])
except (OSError, ValueError) as error:
    sys.exit(f"오류: {error}")
