# Right: the listener is a coroutine that is told by send() what to do next; closing the coroutine closes the socket.
import os
import socket
import sys


def listener(family, where):
    with socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP) as sock:
        if os.name == "posix":
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        sock.bind(where)
        answer = sock.getsockname()
        while True:
            order = yield answer
            answer = order(sock)


def shown(name):
    return f"[{name[0]}]:{name[1]}" if len(name) == 4 else "%s:%d" % name


def typed():
    for line in iter(sys.stdin.buffer.readline, b""):
        yield line
    while True:
        yield b""


def main():
    arguments = iter(sys.argv[1:])
    place = next(arguments, "127.0.0.1:12345")
    count = next(arguments, "128")
    try:
        backlog = int(count)
        if backlog != max(-2**31, min(backlog, 2**31 - 1)) or count != count.strip() or "_" in count:
            raise ValueError
    except ValueError:
        raise SystemExit(f"오류: 백로그로 쓸 수 없는 글: {count}")
    try:
        host, port = place.rsplit(":", 1)
        [(family, _, _, _, where)] = socket.getaddrinfo(
            host.strip("[]"), int(port), type=socket.SOCK_STREAM, flags=socket.AI_NUMERICHOST
        )
    except (ValueError, OSError):
        raise SystemExit(f"오류: {place}은(는) 주소가 아닙니다")
    sock = listener(family, where)
    keys = typed()
    print(f"묶었습니다: {shown(next(sock))} (Enter)", flush=True)
    next(keys)
    sock.send(lambda it: it.listen(backlog))
    print("듣고 있습니다. (Enter)", flush=True)
    next(keys)
    sock.close()
    print("닫았습니다. (Enter)", flush=True)
    next(keys)


try:
    main()
except OSError as error:
    sys.exit(f"오류: {error}")
