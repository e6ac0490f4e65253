# Right: no loop statement at all: iter() with a sentinel, partial, starmap and a deque of length 0 that swallows what they yield.
import contextlib
import functools
import itertools
import os
import socket
import sys
from collections import deque

swallow = functools.partial(deque, maxlen=0)
out = functools.partial(os.write, 1)
GREETING = "반갑습니다".encode()


@contextlib.contextmanager
def forgiving(who):
    try:
        yield
    except OSError as error:
        os.write(2, f"{who}: {error}\n".encode())


def serve(client, peer):
    who = ":".join(map(str, peer))
    out(f"손님이 왔습니다: {who}\r\n".encode())
    with client, forgiving(who):
        client.sendmsg([GREETING[:4], GREETING[4:5], GREETING[5:]])
        swallow(iter(functools.partial(client.recv, 11), b""))


def start(text):
    host, port = text.rsplit(":", 1)
    door = socket.create_server((host, int(port)), backlog=64)
    out("서버가 시작되었습니다: {}:{}\r\n".format(*door.getsockname()).encode())
    swallow(itertools.starmap(serve, iter(door.accept, None)))


try:
    start((sys.argv + ["127.0.0.1:12345"])[1])
except (OSError, ValueError) as error:
    sys.exit(f"오류: {error}")
