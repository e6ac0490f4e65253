# Right: selectors wakes it, recvfrom_into fills one array('B') again and again until nothing is left, and only then it waits.
import array
import selectors
import socket
import sys

MOST = 65535


def shown(view):
    try:
        text = str(view, "utf-8")
    except UnicodeDecodeError:
        return "글이 아닙니다"
    return text[:30] + "…" * (len(text) > 30)


def named(address):
    host, port = address[:2]
    return f"[{host}]:{port}" if len(address) == 4 else f"{host}:{port}"


def drained(sock, room):
    while True:
        try:
            count, sender = sock.recvfrom_into(room)
        except BlockingIOError:
            return
        yield memoryview(room)[:count], sender


def post(sock, answer, sender):
    while True:
        try:
            return sock.sendto(answer, sender)
        except BlockingIOError:
            with selectors.SelectSelector() as full:
                full.register(sock, selectors.EVENT_WRITE)
                full.select()


def main(text="127.0.0.1:12345", *_):
    host, _, port = text.rpartition(":")
    bare = host.strip("[]")
    family = socket.AF_INET6 if ":" in bare else socket.AF_INET
    try:
        socket.inet_pton(family, bare)
        sock = socket.socket(family, socket.SOCK_DGRAM | socket.SOCK_NONBLOCK)
        sock.bind((bare, int(port)))
    except (OSError, ValueError, OverflowError) as error:
        return f"오류: {text}: {error}"
    room = array.array("B", bytes(MOST))
    print(f"서버가 시작되었습니다: {named(sock.getsockname())}\r", flush=True)
    with sock, selectors.EpollSelector() as waiter:
        waiter.register(sock, selectors.EVENT_READ)
        while True:
            waiter.select()
            for message, sender in drained(sock, room):
                print(f"{named(sender)}: {shown(message)}\r", flush=True)
                post(sock, f"{len(message)}바이트를 받았습니다".encode(), sender)


sys.exit(main(*sys.argv[1:]))
