# Right: the listener is kept as a detached number; every call wraps it in a short-lived socket object, and os.close ends it.
import contextlib
import ipaddress
import os
import re
import socket
import sys


@contextlib.contextmanager
def wrapped(fd):
    sock = socket.socket(fileno=fd)
    try:
        yield sock
    finally:
        sock.detach()


def say(text):
    rest = (text + "\r\n").encode()
    while rest:
        rest = rest[os.write(sys.stdout.fileno(), rest):]


def enter():
    sys.stdin.buffer.readline()


def number(text):
    if not re.fullmatch(r"[+-]?[0-9]+", text) or not -(2**31) <= int(text) < 2**31:
        sys.exit(f"오류: 대기열의 길이가 숫자가 아닙니다: {text}")
    return int(text)


def main(place="127.0.0.1:12345", backlog="128", *_):
    host, _, port = place.rpartition(":")
    v6 = host.startswith("[")
    try:
        ip = ipaddress.IPv6Address(host[1:-1]) if v6 else ipaddress.IPv4Address(host)
        where = (str(ip), int(port))
    except ValueError:
        sys.exit(f"오류: {place}은(는) 주소가 아닙니다")
    backlog = number(backlog)
    fd = socket.socket(socket.AF_INET6 if v6 else socket.AF_INET, socket.SOCK_STREAM).detach()
    with wrapped(fd) as sock:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        sock.bind(where)
        host, port = sock.getsockname()[:2]
    say(f"묶었습니다: [{host}]:{port} (Enter)" if v6 else f"묶었습니다: {host}:{port} (Enter)")
    enter()
    with wrapped(fd) as sock:
        sock.listen(backlog)
    say("듣고 있습니다. (Enter)")
    enter()
    os.close(fd)
    say("닫았습니다. (Enter)")
    enter()


try:
    main(*sys.argv[1:])
except OSError as error:
    sys.exit(f"오류: {error}")
