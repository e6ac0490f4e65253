# Right: no time-out on the socket: an interval timer is wound before each wait and its handler raises; a deque of single bytes.
import collections
import contextlib
import os
import signal
import socket
import sys

LIMIT = 1024
PATIENCE = 10.0


def say(text):
    os.write(1, f"{text}\n".encode())


def ring(*_):
    raise TimeoutError("손님이 너무 오래 조용합니다")


@contextlib.contextmanager
def alarm():
    signal.setitimer(signal.ITIMER_REAL, PATIENCE)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def heard(client, most):
    with alarm():
        return client.recv(most)


def line(client):
    kept = collections.deque()
    while len(kept) < LIMIT:
        piece = heard(client, LIMIT - len(kept))
        before, newline, _ = piece.partition(b"\n")
        kept.extend(before)
        if newline or not piece:
            break
    else:
        raise ValueError("메시지가 너무 깁니다")
    return bytes(kept).decode("utf-8").rstrip()


def main(text="127.0.0.1:12345", *_):
    signal.signal(signal.SIGALRM, ring)
    host, _, port = text.rpartition(":")
    host = host.strip("[]")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    shape = "[%s]:%d" if family == socket.AF_INET6 else "%s:%d"
    try:
        door = socket.create_server((host, int(port)), family=family)
        say("서버가 시작되었습니다: " + shape % door.getsockname()[:2])
        client, peer = door.accept()
        door.close()
        say("손님이 왔습니다: " + shape % peer[:2])
        with client:
            say("받은 메시지: " + line(client))
            client.sendall("네, 잘 들었습니다.\n".encode())
            client.shutdown(socket.SHUT_WR)
            while heard(client, 512):
                pass
    except UnicodeDecodeError:
        return "오류: 메시지가 UTF-8이 아닙니다"
    except (OSError, ValueError, OverflowError) as error:
        return f"오류: {text}: {error}"


sys.exit(main(*sys.argv[1:]))
