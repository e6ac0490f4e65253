# Right: writev of many short views of one 251-byte pattern, until EAGAIN; then an edge-triggered epoll says when there is room.
import os
import select
import socket
import sys

PATTERN = memoryview(bytes(range(251)))


def pieces(sent, size):
    """At most 500 views that go on at byte `sent`."""
    views = []
    while sent < size and len(views) < 500:
        start = sent % 251
        view = PATTERN[start : min(251, start + size - sent)]
        views.append(view)
        sent += len(view)
    return views


def send(fd, size):
    with select.epoll() as epoll:
        epoll.register(fd, select.EPOLLOUT | select.EPOLLET)
        sent = 0
        while sent < size:
            try:
                sent += os.writev(fd, pieces(sent, size))
            except BlockingIOError:
                epoll.poll()
            except OSError as error:
                return sent, error
        return sent, None


def main(place="127.0.0.1:12345", size="8388608", *_):
    if not size.isdecimal():
        return f"오류: 크기는 숫자여야 합니다: {size}"
    host, port = place.rsplit(":", 1)
    family = socket.AF_INET6 if "[" in host else socket.AF_INET
    sock = socket.socket(family, socket.SOCK_STREAM)
    try:
        sock.connect((host.strip("[]"), int(port)))
        sock.setblocking(False)
        sent, error = send(sock.fileno(), int(size))
    except (OSError, ValueError, OverflowError) as failed:
        return f"오류: {failed}"
    if error:
        return f"오류: {place}이(가) {sent}바이트를 넘긴 뒤에 떠났습니다: {error}"
    os.write(1, f"모두 넘겼습니다: {sent}바이트\r\n".encode())
    sock.close()
    return 0


sys.exit(main(*sys.argv[1:]))
