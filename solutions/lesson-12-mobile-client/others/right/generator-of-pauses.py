# Right: pauses come from a generator, select waits for the reply until the deadline, contextlib.closing closes each attempt.
import contextlib
import os
import random
import select
import socket
import sys
import time


class Hopeless(Exception):
    pass


def say(line):
    os.write(1, (line + "\n").encode())


def connect(host, port, patience):
    failure = OSError("no address")
    for family, kind, protocol, _, where in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM):
        s = socket.socket(family, kind, protocol)
        s.settimeout(patience)
        try:
            s.connect(where)
            return s
        except OSError as error:
            failure = error
            s.close()
    raise failure


def ask(host, port, patience):
    with contextlib.closing(connect(host, port, patience)) as server:
        shown, number = server.getpeername()[:2]
        say(f"연결되었습니다: [{shown}]:{number}" if ":" in shown else f"연결되었습니다: {shown}:{number}")
        server.sendall("지금 몇 시예요?\n".encode())
        deadline = time.monotonic() + patience
        server.setblocking(False)
        reply = b""
        while b"\n" not in reply:
            if len(reply) >= 1024:
                raise Hopeless("답을 읽을 수 없음")
            if not select.select([server], [], [], max(0, deadline - time.monotonic()))[0]:
                raise TimeoutError
            more = server.recv(1)
            if not more:
                raise EOFError
            reply += more
        try:
            return reply[:-1].decode()
        except UnicodeDecodeError:
            raise Hopeless("답을 읽을 수 없음") from None


def reason(error):
    for kind, words in (
        (ConnectionRefusedError, "연결이 거절됨"),
        (TimeoutError, "시간이 다 됨"),
        ((ConnectionResetError, ConnectionAbortedError), "연결이 끊어짐"),
        (EOFError, "답이 도중에 끝남"),
    ):
        if isinstance(error, kind):
            return words
    return str(error)


def pauses(first):
    for factor in (1, 2, 4):
        yield first * factor * (1 + random.random() / 2)
    yield None


def main(address="localhost:12345", patience="3000", pause="300"):
    host, colon, port = address.rpartition(":")
    try:
        if not colon or not 0 <= int(port) <= 65535:
            raise ValueError
    except ValueError:
        sys.exit(f"{address}: HOST:PORT, please")
    for number, rest in enumerate(pauses(int(pause) / 1000), 1):
        try:
            return say("서버의 답: " + ask(host.strip("[]"), int(port), int(patience) / 1000))
        except Hopeless as error:
            sys.exit(f"{address}: {error}")
        except (OSError, EOFError) as error:
            if rest is None:
                sys.exit(f"{address}: {reason(error)}")
            say(f"{number}번째 시도 실패: {reason(error)}")
        time.sleep(rest)


main(*sys.argv[1:4])
