# Right: libc's connect by ctypes on a socket that waits, bounded by SO_SNDTIMEO; an interruption waits on with poll for what is left.
import ctypes
import errno
import os
import select
import socket
import struct
import sys
import time

LIMIT = 0.5
SILENT = (errno.EINPROGRESS, errno.EAGAIN, errno.ETIMEDOUT)
libc = ctypes.CDLL(None, use_errno=True)


def end(status, sentence):
    os.write(2, f"오류: {sentence}\n".encode())
    sys.exit(status)


def shown(name):
    host, port = name[:2]
    return f"[{host}]:{port}" if len(name) == 4 else f"{host}:{port}"


def look_up(text):
    host, colon, port = text.rpartition(":")
    if not colon or not (port.isascii() and port.isdigit()) or int(port) > 65535:
        end(10, f"{text}은(는) 호스트:포트가 아닙니다.")
    if host.startswith("[") and host.endswith("]"):
        host = host[1:-1]
    try:
        if not host:
            raise socket.gaierror("빈 이름")
        return socket.getaddrinfo(host, int(port), 0, socket.SOCK_STREAM)[0]
    except (OSError, UnicodeError) as error:
        end(11, f"{text}의 호스트를 찾을 수 없습니다: {error}")


def packed(family, address):
    head = struct.pack("=H", family) + struct.pack("!H", address[1])
    body = socket.inet_pton(family, address[0].partition("%")[0])
    if family == socket.AF_INET:
        return head + body + bytes(8)
    return head + struct.pack("!I", address[2]) + body + struct.pack("=I", address[3])


def connect(sock, family, address):
    """The error's number; 0 when connected."""
    until = time.monotonic() + LIMIT
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, struct.pack("@ll", 0, int(LIMIT * 1e6)))
    name = packed(family, address)
    if libc.connect(sock.fileno(), name, len(name)) == 0:
        return 0
    number = ctypes.get_errno()
    if number != errno.EINTR:
        return number
    waiter = select.poll()
    waiter.register(sock, select.POLLOUT)
    if not waiter.poll(max(0, until - time.monotonic()) * 1000):
        return errno.ETIMEDOUT
    return sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)


def main():
    text = sys.argv[1] if sys.argv[1:] else "127.0.0.1:12345"
    family, kind, protocol, _, address = look_up(text)
    try:
        with socket.socket(family, kind, protocol) as sock:
            number = connect(sock, family, address)
            if number == 0:
                own, peer = sock.getsockname(), sock.getpeername()
                os.write(1, "연결되었습니다.\n".encode())
                os.write(1, f"내 쪽 {shown(own)}, 상대 쪽 {shown(peer)}\n".encode())
                return
    except OSError as error:
        end(1, f"{shown(address)}에 연결할 수 없습니다: {error}")
    if number == errno.ECONNREFUSED:
        end(12, f"{shown(address)}에서 듣고 있는 것이 없습니다.")
    if number in SILENT:
        end(13, f"{shown(address)}에서 {LIMIT}초 동안 답이 없습니다.")
    end(1, f"{shown(address)}에 연결할 수 없습니다: {os.strerror(number)}")


main()
