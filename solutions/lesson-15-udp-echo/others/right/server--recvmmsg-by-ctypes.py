# Right: recvmmsg(2) by ctypes takes up to eight datagrams with one call (MSG_WAITFORONE), sendmmsg sends those very buffers back.
import ctypes
import errno
import os
import socket
import sys

MANY, MOST, WAITFORONE = 8, 65535, 0x10000


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
    _fields_ = [("header", Msghdr), ("length", ctypes.c_uint32)]


libc = ctypes.CDLL(None, use_errno=True)
names = [ctypes.create_string_buffer(128) for _ in range(MANY)]
rooms = [ctypes.create_string_buffer(MOST) for _ in range(MANY)]
iovecs = [Iovec(ctypes.addressof(room), MOST) for room in rooms]
headers = (Mmsghdr * MANY)()
for header, name, iovec in zip(headers, names, iovecs):
    header.name, header.iov, header.iovlen = ctypes.addressof(name), ctypes.pointer(iovec), 1


def failed():
    number = ctypes.get_errno()
    if number not in (errno.EINTR, errno.ECONNRESET, errno.ECONNREFUSED):
        raise OSError(number, os.strerror(number))


def echo(fd):
    for header, iovec in zip(headers, iovecs):
        header.namelen, header.flags, iovec.length = 128, 0, MOST
    count = libc.recvmmsg(fd, headers, MANY, WAITFORONE, None)
    if count < 0:
        return failed()
    for header, iovec in zip(headers[:count], iovecs):
        iovec.length = header.length
    done = 0
    while done < count:
        sent = libc.sendmmsg(fd, ctypes.byref(headers[done]), count - done, 0)
        if sent < 0:
            failed()
        else:
            done += sent


def main():
    host, _, port = (sys.argv[1] if len(sys.argv) > 1 else "127.0.0.1:12345").rpartition(":")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_DGRAM) as sock:
        sock.bind((host.strip("[]") or "0.0.0.0", int(port)))
        print(f"서버가 시작되었습니다: {host}:{sock.getsockname()[1]}", flush=True)
        while True:
            echo(sock.fileno())


try:
    main()
except KeyboardInterrupt:
    sys.exit(130)
except (OSError, ValueError, OverflowError) as error:
    sys.exit(f"오류: {error}")
