# Right: a retry decorator with a geometric generator; sockets never wait, each wait is a poll until a deadline object is over.
import errno
import functools
import itertools
import os
import random
import select
import socket
import sys
import time

LIMIT = 1024
REASONS = {
    errno.ECONNREFUSED: "연결이 거절됨",
    errno.ETIMEDOUT: "시간이 다 됨",
    errno.ECONNRESET: "연결이 끊어짐",
    errno.ECONNABORTED: "연결이 끊어짐",
}


class Hopeless(Exception):
    pass


class Passing(Exception):
    pass


class Deadline:
    def __init__(self, seconds):
        self.at = time.monotonic() + seconds

    def wait(self, sock, event):
        poll = select.poll()
        poll.register(sock, event)
        while (left := self.at - time.monotonic()) > 0:
            if poll.poll(left * 1000):
                return
        raise OSError(errno.ETIMEDOUT, os.strerror(errno.ETIMEDOUT))


def retrying(attempts, first_pause):
    pauses = (first_pause * 2**n for n in itertools.count())

    def decorate(function):
        @functools.wraps(function)
        def wrapper(*arguments):
            for number in range(1, attempts):
                try:
                    return function(*arguments)
                except Passing as failure:
                    print(f"{number}번째 시도 실패: {failure}", end="\r\n", flush=True)
                pause = next(pauses)
                time.sleep(pause + random.random() * pause / 2)
            return function(*arguments)

        return wrapper

    return decorate


def passing(function):
    """Errors of the system, in a person's words."""

    @functools.wraps(function)
    def wrapper(*arguments):
        try:
            return function(*arguments)
        except OSError as error:
            raise Passing(REASONS.get(error.errno, str(error))) from None

    return wrapper


def connect(host, port, patience):
    last = OSError("이름에 주소가 없습니다")
    for family, kind, protocol, _, address in socket.getaddrinfo(host, port, 0, socket.SOCK_STREAM):
        sock = socket.socket(family, kind | socket.SOCK_NONBLOCK, protocol)
        try:
            number = sock.connect_ex(address)
            if number == errno.EINPROGRESS:
                Deadline(patience).wait(sock, select.POLLOUT)
                number = sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
            if number:
                raise OSError(number, os.strerror(number))
            return sock
        except OSError as error:
            last = error
            sock.close()
    raise last


def said(sock, data, deadline):
    while data:
        deadline.wait(sock, select.POLLOUT)
        try:
            data = data[sock.send(data) :]
        except BlockingIOError:
            pass


def heard(sock, deadline):
    kept = b""
    while b"\n" not in kept:
        if len(kept) >= LIMIT:
            raise Hopeless("답을 읽을 수 없음")
        deadline.wait(sock, select.POLLIN)
        try:
            piece = sock.recv(128)
        except BlockingIOError:
            continue
        if not piece:
            raise Passing("답이 도중에 끝남")
        kept += piece
    try:
        return kept[: kept.index(b"\n")].decode()
    except UnicodeDecodeError:
        raise Hopeless("답을 읽을 수 없음") from None


@passing
def ask(host, port, patience):
    sock = connect(host, port, patience)
    with sock:
        host, port = (peer := sock.getpeername())[:2]
        where = f"[{host}]:{port}" if len(peer) == 4 else f"{host}:{port}"
        print("연결되었습니다:", where, end="\r\n", flush=True)
        said(sock, "지금 몇 시예요?\n".encode(), Deadline(patience))
        return heard(sock, Deadline(patience))


def milliseconds(at, usual):
    try:
        return int(sys.argv[at]) / 1000
    except (IndexError, ValueError):
        return usual / 1000


def main():
    address = sys.argv[1] if len(sys.argv) > 1 else "localhost:12345"
    host, colon, port = address.rpartition(":")
    try:
        if not colon or not 0 <= int(port) <= 65535:
            raise ValueError
    except ValueError:
        sys.exit(f"오류: {address}: 호스트와 포트를 host:port로 쓰세요")
    patience, pause = milliseconds(2, 3000), milliseconds(3, 300)
    try:
        reply = retrying(4, pause)(ask)(host.strip("[]"), int(port), patience)
    except (Passing, Hopeless) as failure:
        sys.exit(f"오류: {address}: {failure}")
    print("서버의 답:", reply, end="\r\n", flush=True)


main()
