# Right: a selector waits on a non-blocking socket until the deadline; requests and numbers are bytes throughout.
import itertools
import selectors
import socket
import sys
import time


def ask(box, selector, server, number, line, first):
    prefix = b"%d " % number
    for wait in (first, 2 * first, 4 * first, 8 * first):
        box.sendto(prefix + line, server)
        deadline = time.monotonic() + wait
        while (left := deadline - time.monotonic()) > 0:
            if not selector.select(left):
                continue
            try:
                letter, sender = box.recvfrom(1 << 16)
                letter.decode()
            except (BlockingIOError, ConnectionError, UnicodeDecodeError):
                continue
            if sender[:2] == server[:2] and letter.startswith(prefix):
                return letter[len(prefix):]
    return None


def main(address="127.0.0.1:12345", first="500"):
    host, port = address.rsplit(":", 1)
    family, *_, server = socket.getaddrinfo(host.strip("[]"), int(port), type=socket.SOCK_DGRAM)[0]
    with socket.socket(family, socket.SOCK_DGRAM) as box, selectors.DefaultSelector() as selector:
        box.setblocking(False)
        selector.register(box, selectors.EVENT_READ)
        for number in itertools.count(1):
            line = sys.stdin.buffer.readline()
            if not line:
                return
            line = line.removesuffix(b"\n").removesuffix(b"\r")
            reply = ask(box, selector, server, number, line, int(first) / 1000)
            told = "메아리: ".encode() + reply if reply is not None else f"{number}번 요청을 포기했습니다".encode()
            sys.stdout.buffer.write(told + b"\n")
            sys.stdout.buffer.flush()


try:
    main(*sys.argv[1:3])
except (OSError, ValueError) as error:
    sys.exit(f"error: {error}")
