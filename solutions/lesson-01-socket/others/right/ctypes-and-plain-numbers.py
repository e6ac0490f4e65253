# Right: no socket object at all: socket(2), getsockopt, getsockname, getpeername and connect by ctypes on plain descriptors.
import ctypes
import ipaddress
import os
import socket
import struct
import sys

libc = ctypes.CDLL(None, use_errno=True)


def checked(result):
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
    return result


def name(ask, fd):
    room = ctypes.create_string_buffer(128)
    length = ctypes.c_uint(128)
    checked(ask(fd, room, ctypes.byref(length)))
    family, = struct.unpack_from("=H", room.raw)
    if family != socket.AF_INET:
        return None
    port, = struct.unpack_from("!H", room.raw, 2)
    return f"{socket.inet_ntoa(room.raw[4:8])}:{port}" if port else None


def shown(ask, fd):
    try:
        return name(ask, fd) or "없음"
    except OSError:
        return "없음"


def both(fd):
    return f"내 쪽 {shown(libc.getsockname, fd)}, 상대 쪽 {shown(libc.getpeername, fd)}"


def kind(fd):
    value, length = ctypes.c_int(), ctypes.c_uint(4)
    checked(libc.getsockopt(fd, socket.SOL_SOCKET, socket.SO_TYPE, ctypes.byref(value), ctypes.byref(length)))
    return {1: "SOCK_STREAM", 2: "SOCK_DGRAM"}[value.value]


def say(text):
    data = memoryview((text + "\n").encode())
    while data:
        data = data[os.write(1, data):]


def enter():
    while os.read(0, 1) not in (b"\n", b""):
        pass


def main():
    text = sys.argv[1] if len(sys.argv) > 1 else "127.0.0.1:12345"
    host, _, port = text.rpartition(":")
    address = struct.pack("=H", socket.AF_INET) + struct.pack("!H", int(port)) + ipaddress.IPv4Address(host).packed + bytes(8)
    tcp = checked(libc.socket(socket.AF_INET, socket.SOCK_STREAM | socket.SOCK_CLOEXEC, socket.IPPROTO_TCP))
    say("1. TCP 소켓을 만들었습니다. (Enter)")
    enter()
    udp = checked(libc.socket(socket.AF_INET, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC, socket.IPPROTO_UDP))
    say("2. UDP 소켓을 만들었습니다. (Enter)")
    enter()
    say(f"3. 종류: {kind(tcp)}, {kind(udp)}")
    say(f"4. connect 전: {both(udp)}")
    checked(libc.connect(udp, address, len(address)))
    say(f"   connect 후: {both(udp)}")
    os.close(udp)
    os.close(tcp)


try:
    main()
except (OSError, ValueError, struct.error) as error:
    sys.exit(f"오류: {error}")
