# Right: lines are matched by one regular expression at the head of a bytearray, and sent back in slices of seven bytes.
import re
import socket
import sys

LIMIT = 64 * 1024
LINE = re.compile(rb"[^\n]{0,%d}\n|[^\n]{%d}" % (LIMIT - 1, LIMIT))
QUIT = re.compile(rb"quit\r?\n?")


def lines(client):
    kept = bytearray()
    while piece := client.recv(1 << 14):
        kept += piece
        if b"\n" not in piece and len(kept) < LIMIT:
            continue
        while match := LINE.match(kept):
            line = match[0]
            del kept[: len(line)]
            yield line
    if kept:
        yield bytes(kept)


def in_sevens(client, line):
    for at in range(0, len(line), 7):
        client.sendall(line[at : at + 7])


def converse(client):
    for line in lines(client):
        in_sevens(client, line)
        if QUIT.fullmatch(line):
            client.shutdown(socket.SHUT_WR)
            client.settimeout(10)
            try:
                while client.recv(1000):
                    pass
            except OSError:
                pass
            return "손님이 quit을 말했습니다. 서버를 마칩니다."
    return "손님이 떠났습니다."


def main():
    text = sys.argv[1] if len(sys.argv) > 1 else "127.0.0.1:12345"
    host, _, port = text.rpartition(":")
    host = host.strip("[]")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    shape = "[%s]:%d" if family == socket.AF_INET6 else "%s:%d"
    try:
        door = socket.create_server((host, int(port)), family=family)
    except (OSError, ValueError, OverflowError) as error:
        sys.exit(f"오류: {text}: {error}")
    with door:
        print("서버가 시작되었습니다:", shape % door.getsockname()[:2], end="\r\n", flush=True)
        told = ""
        while "quit" not in told:
            client, _ = door.accept()
            client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            with client:
                try:
                    told = converse(client)
                except OSError:
                    told = "손님과의 연결이 끊겼습니다."
            print(told, end="\r\n", flush=True)


main()
