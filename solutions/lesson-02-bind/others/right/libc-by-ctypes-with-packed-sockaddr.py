# Right: socket, setsockopt, bind, getsockname straight from libc by ctypes; sockaddr packed by struct; errno looked at by hand.
import ctypes
import errno
import os
import socket
import struct
import sys

libc = ctypes.CDLL(None, use_errno=True)


def call(name, *arguments):
    result = getattr(libc, name)(*arguments)
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
    return result


def packed(host, port):
    if ":" in host:
        return socket.AF_INET6, (
            struct.pack("=H", socket.AF_INET6)
            + struct.pack("!HI", port, 0)
            + socket.inet_pton(socket.AF_INET6, host)
            + struct.pack("=I", 0)
        )
    return socket.AF_INET, (
        struct.pack("=H", socket.AF_INET)
        + struct.pack("!H", port)
        + socket.inet_pton(socket.AF_INET, host)
        + bytes(8)
    )


def unpacked(raw):
    (family,) = struct.unpack_from("=H", raw)
    (port,) = struct.unpack_from("!H", raw, 2)
    if family == socket.AF_INET6:
        return f"[{socket.inet_ntop(family, raw[8:24])}]:{port}"
    return f"{socket.inet_ntop(family, raw[4:8])}:{port}"


def split(text):
    host, colon, port = text.rpartition(":")
    if host[:1] == "[" and host[-1:] == "]":
        host = host[1:-1]
    elif ":" in host:
        raise ValueError(text)
    port = int(port)
    if not 0 <= port <= 0xFFFF:
        raise ValueError(text)
    return packed(host, port)


def main():
    text = sys.argv[1] if len(sys.argv) == 2 else "127.0.0.1:12345"
    try:
        family, name = split(text)
    except (ValueError, OSError):
        return f"오류: {text}은(는) 주소가 아닙니다"
    number = call("socket", family, int(socket.SOCK_STREAM), socket.IPPROTO_TCP)
    try:
        one = ctypes.c_int(1)
        call("setsockopt", number, socket.SOL_SOCKET, socket.SO_REUSEADDR, ctypes.byref(one), 4)
        try:
            call("bind", number, name, len(name))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                return f"오류: {text}은(는) 쓰이고 있습니다. 쓰는 프로그램을 끝내거나 다른 포트를 주세요."
            return f"오류: {text}에 묶을 수 없습니다: {error.strerror}"
        room = ctypes.create_string_buffer(128)
        length = ctypes.c_uint32(len(room))
        call("getsockname", number, room, ctypes.byref(length))
        os.write(1, f"묶었습니다: {unpacked(room.raw[: length.value])} (Enter)\n".encode())
        while os.read(0, 1) not in (b"\n", b""):
            continue
    finally:
        os.close(number)


sys.exit(main())
