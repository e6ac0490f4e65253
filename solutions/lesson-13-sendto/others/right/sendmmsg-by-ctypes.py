# Right: every line is the only message of a sendmmsg(2) called by ctypes, with sockaddr, iovec and mmsghdr laid out by hand.
import ctypes
import errno
import ipaddress
import os
import socket
import struct
import sys

MOST = 65507


class Iovec(ctypes.Structure):
    _fields_ = [("base", ctypes.c_void_p), ("length", ctypes.c_size_t)]


class Msghdr(ctypes.Structure):
    _fields_ = [
        ("name", ctypes.c_void_p),
        ("namelen", ctypes.c_uint32),
        ("iov", ctypes.POINTER(Iovec)),
        ("iovlen", ctypes.c_size_t),
        ("control", ctypes.c_void_p),
        ("controllen", ctypes.c_size_t),
        ("flags", ctypes.c_int),
    ]


class Mmsghdr(ctypes.Structure):
    _anonymous_ = ["header"]
    _fields_ = [("header", Msghdr), ("sent", ctypes.c_uint32)]


libc = ctypes.CDLL(None, use_errno=True)


def sockaddr(text):
    host, _, port = text.rpartition(":")
    ip = ipaddress.ip_address(host[1:-1] if host.startswith("[") else host)
    number = struct.pack("!H", int(port))
    if ip.version == 4:
        return socket.AF_INET, struct.pack("=H", socket.AF_INET) + number + ip.packed + bytes(8)
    return socket.AF_INET6, struct.pack("=H", socket.AF_INET6) + number + bytes(4) + ip.packed + bytes(4)


def send(fd, name, data):
    where, room = ctypes.create_string_buffer(name, len(name)), ctypes.create_string_buffer(data, max(1, len(data)))
    iovec = Iovec(ctypes.addressof(room), len(data))
    header = Mmsghdr(Msghdr(ctypes.addressof(where), len(name), ctypes.pointer(iovec), 1))
    while libc.sendmmsg(fd, ctypes.byref(header), 1, 0) != 1:
        number = ctypes.get_errno()
        if number != errno.EINTR:
            raise OSError(number, os.strerror(number))
    return header.sent


def lines():
    kept = b""
    while chunk := os.read(0, 1000):
        *whole, kept = (kept + chunk).split(b"\n")
        yield from (line.removesuffix(b"\r") for line in whole)
    if kept:
        yield kept


def main(place):
    family, name = sockaddr(place)
    with socket.socket(family, socket.SOCK_DGRAM, socket.IPPROTO_UDP) as sock:
        print("보낼 줄을 치세요. #1000은 1000바이트입니다.", flush=True)
        for line in lines():
            line.decode()
            data = b"x" * int(line[1:]) if line[:1] == b"#" and line[1:].isdigit() else line
            try:
                told = f"보냈습니다: {send(sock.fileno(), name, data)}바이트"
            except OSError as error:
                why = f"{len(data)}바이트는 데이터그램 하나에 담을 수 없습니다" if len(data) > MOST else error.strerror
                told = f"보내지 못했습니다: {why}"
            print(told, flush=True)


try:
    main(sys.argv[1] if len(sys.argv) > 1 else "127.0.0.1:12345")
except (OSError, ValueError, struct.error) as error:
    sys.exit(f"오류: {error}")
