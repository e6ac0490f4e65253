# Right: a RawIOBase with a deadline under io.BufferedReader.readline(LIMIT); retries are a decorator; pauses are itertools.accumulate.
import functools
import io
import itertools
import random
import socket
import sys
import time

ATTEMPTS, LIMIT = 4, 1024


class Until(io.RawIOBase):
    def __init__(self, sock, deadline):
        self.sock, self.deadline = sock, deadline

    def readable(self):
        return True

    def readinto(self, room):
        left = self.deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError
        self.sock.settimeout(left)
        return self.sock.recv_into(room)


class Unreadable(Exception):
    """No retry will mend this."""


def reason(error):
    match error:
        case ConnectionRefusedError():
            return "연결이 거절됨"
        case TimeoutError() | socket.timeout():
            return "시간이 다 됨"
        case ConnectionResetError() | ConnectionAbortedError():
            return "연결이 끊어짐"
        case EOFError():
            return "답이 도중에 끝남"
        case Unreadable():
            return "답을 읽을 수 없음"
    return str(error)


def retried(first_pause):
    pauses = itertools.accumulate(itertools.repeat(2), lambda pause, by: pause * by, initial=first_pause)

    def decorator(function):
        @functools.wraps(function)
        def wrapper(*arguments):
            for number, pause in zip(range(1, ATTEMPTS), pauses):
                try:
                    return function(*arguments)
                except (OSError, EOFError) as error:
                    print(f"{number}번째 시도 실패: {reason(error)}", flush=True)
                time.sleep(pause * random.uniform(1, 1.5))
            return function(*arguments)

        return wrapper

    return decorator


def connected(place, patience):
    last = OSError("이름에 주소가 없습니다")
    for family, kind, protocol, _, address in socket.getaddrinfo(*place, type=socket.SOCK_STREAM):
        try:
            sock = socket.socket(family, kind, protocol)
        except OSError as error:
            last = error
            continue
        sock.settimeout(patience)
        try:
            sock.connect(address)
            return sock
        except OSError as error:
            sock.close()
            last = error
    raise last


def ask(place, patience):
    with connected(place, patience) as sock:
        name = sock.getpeername()
        print("연결되었습니다:", f"[{name[0]}]:{name[1]}" if len(name) == 4 else f"{name[0]}:{name[1]}", flush=True)
        sock.sendall("지금 몇 시예요?\n".encode())
        with io.BufferedReader(Until(sock, time.monotonic() + patience), 99) as reader:
            line = reader.readline(LIMIT)
    if line[-1:] != b"\n":
        if len(line) >= LIMIT:
            raise Unreadable
        raise EOFError
    try:
        return line[:-1].decode()
    except UnicodeDecodeError:
        raise Unreadable from None


def number(at, default):
    return (int(sys.argv[at]) if len(sys.argv) > at and sys.argv[at].isdecimal() else default) / 1000


address = sys.argv[1] if len(sys.argv) > 1 else "localhost:12345"
patience, pause = number(2, 3000), number(3, 300)
host, colon, port = address.rpartition(":")
if not colon or not port.isdecimal() or int(port) > 65535:
    sys.exit(f"오류: {address}: 호스트:포트 꼴이 아닙니다")
try:
    reply = retried(pause)(ask)((host.strip("[]"), int(port)), patience)
except (OSError, EOFError, UnicodeError, Unreadable) as error:
    sys.exit(f"오류: {address}: {reason(error)}")
print(f"서버의 답: {reply}", flush=True)
