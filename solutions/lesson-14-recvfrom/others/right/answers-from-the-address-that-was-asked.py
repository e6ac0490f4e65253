# Right: recvmsg with packet information tells which own address was asked, and sendmsg answers from just that one by ancillary data.
import os
import socket
import struct
import sys

MOST = 65535
IP_PKTINFO = 8


def text(message):
    try:
        words = message.decode("utf-8")
    except UnicodeDecodeError:
        return "글이 아닙니다"
    return words[:30] + "…" if len(words) > 30 else words


def written(address):
    return ("[%s]:%d" if ":" in address[0] else "%s:%d") % address[:2]


class Four:
    family, level, kind, size = socket.AF_INET, socket.IPPROTO_IP, IP_PKTINFO, 12
    ask = (socket.IPPROTO_IP, IP_PKTINFO, 1)

    @staticmethod
    def from_here(data):
        _, own, _ = struct.unpack("=i4s4s", data)
        return struct.pack("=i4s4s", 0, own, bytes(4))


class Six:
    family, level, kind, size = socket.AF_INET6, socket.IPPROTO_IPV6, socket.IPV6_PKTINFO, 20
    ask = (socket.IPPROTO_IPV6, socket.IPV6_RECVPKTINFO, 1)

    @staticmethod
    def from_here(data):
        return data


def serve(sock, way):
    while True:
        message, ancillary, _, sender = sock.recvmsg(MOST, socket.CMSG_SPACE(way.size))
        os.write(1, f"{written(sender)}: {text(message)}\n".encode())
        here = [
            (level, kind, way.from_here(data))
            for level, kind, data in ancillary
            if (level, kind) == (way.level, way.kind)
        ]
        sock.sendmsg([str(len(message)).encode(), "바이트를 ".encode(), "받았습니다".encode()], here, 0, sender)


def main(address="127.0.0.1:12345", *_):
    host, _, port = address.rpartition(":")
    way = Six if host[:1] == "[" else Four
    with socket.socket(way.family, socket.SOCK_DGRAM) as sock:
        sock.setsockopt(*way.ask)
        sock.bind((host.strip("[]"), int(port)))
        os.write(1, f"서버가 시작되었습니다: {written(sock.getsockname())}\n".encode())
        serve(sock, way)


try:
    main(*sys.argv[1:])
except (OSError, ValueError) as error:
    sys.exit(f"오류: {error}")
