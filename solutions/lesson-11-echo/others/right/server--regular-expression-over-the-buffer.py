# Right: one regular expression finds all whole lines of the buffer at once, and they go back together in one sendmsg of many views.
import re
import socket
import sys

LIMIT = 65536
LINE = re.compile(rb"[^\n]{0,65535}\n|[^\n]{65536}")
QUIT = re.compile(rb"quit\r?\n?")


def send_views(client, views):
    while views:
        sent = client.sendmsg(views[:500])
        while views and sent >= len(views[0]):
            sent -= len(views.pop(0))
        if sent:
            views[0] = views[0][sent:]


def batches(client):
    """Yields lists of lines; what has no newline at the end comes last."""
    buffer = b""
    while chunk := client.recv(20_000):
        buffer += chunk
        if b"\n" not in chunk and len(buffer) < LIMIT:
            continue
        lines = LINE.findall(buffer)
        buffer = buffer[sum(map(len, lines)):]
        if lines:
            yield lines
    if buffer:
        yield [buffer]


def echo(client):
    for lines in batches(client):
        last = next((at for at, line in enumerate(lines) if QUIT.fullmatch(line)), None)
        said_quit = last is not None
        if said_quit:
            lines = lines[:last + 1]
        send_views(client, [memoryview(line) for line in lines])
        if said_quit:
            return True
    return False


def part(client):
    client.shutdown(socket.SHUT_WR)
    client.settimeout(10)
    try:
        while client.recv(32768):
            pass
    except OSError:
        pass


def serve(client):
    with client:
        try:
            if not echo(client):
                return "손님이 떠났습니다."
            part(client)
            return None
        except OSError:
            return "손님과의 연결이 끊겼습니다."


host, _, port = (sys.argv[1] if len(sys.argv) > 1 else "127.0.0.1:12345").rpartition(":")
try:
    with socket.create_server((host, int(port)), backlog=7) as door:
        print("서버가 시작되었습니다: %s:%d" % door.getsockname(), flush=True)
        while told := serve(door.accept()[0]):
            print(told, flush=True)
    print("손님이 quit을 말했습니다. 서버를 마칩니다.", flush=True)
except (OSError, ValueError) as error:
    sys.exit(f"오류: {error}")
