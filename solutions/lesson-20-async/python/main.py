"""레슨 20 async: 손님마다 태스크를 두는 채팅 서버. 스레드는 하나입니다.
Lesson 20 async: a chat server with a task for every client, on one thread.
"""

import asyncio
import os
import socket
import sys
import threading

DEFAULT_ADDRESS = "127.0.0.1:12345"
DEFAULT_CLIENTS = "8"
MOST_CLIENTS = 100_000
NAME = 30
LINE = 1024
QUEUE = 10_000
PATIENCE = 2.0
# 제어 문자: 유니코드의 Cc. / Control characters: Cc of Unicode.
CONTROLS = dict.fromkeys([*range(0x20), *range(0x7F, 0xA0)])


class Refused(Exception):
    """받아들일 수 없습니다. / It is not accepted."""


class Client:
    def __init__(self, reader, writer):
        self.reader, self.writer = reader, writer
        self.unread = b""
        self.lines = asyncio.Queue(QUEUE)
        # 이 사람의 태스크. 큐가 가득 차면 취소됩니다. / Its task, which is cancelled when the queue is full.
        self.task = asyncio.create_task(take_part(self))


# 이름으로 찾는 사람들. / The members, by name.
members = {}


# ANCHOR: serve_everyone
async def serve_everyone(listener, places):
    """손님마다 serve를 부르는 태스크를 asyncio가 만듭니다. / asyncio makes a task that calls serve for each client."""
    connected = 0

    async def take_place(reader, writer):
        nonlocal connected
        if connected == places:
            return turn_away(writer)
        connected += 1
        try:
            await serve(Client(reader, writer))
        except OSError as error:
            print(f"손님과 끊겼습니다: {error}", file=sys.stderr)
        finally:
            connected -= 1
            writer.transport.abort()

    server = await asyncio.start_server(take_place, sock=listener)
    await server.serve_forever()
# ANCHOR_END: serve_everyone


# ANCHOR: next_line
async def next_line(client):
    while (line := take_line(client)) is None:
        chunk = await client.reader.read(4096)
        if not chunk:
            return take_rest(client)
        client.unread += chunk
    return line
# ANCHOR_END: next_line


# ANCHOR: join
def join(name, client):
    if not 0 < len(name.encode()) <= NAME or name.translate(CONTROLS) != name:
        raise Refused("쓸 수 없는 이름입니다")
    if name in members:
        raise Refused("이미 있는 이름입니다")
    count = len(members) + 1
    client.lines.put_nowait(f"환영합니다: {name} ({count}명)")
    tell_others(name, f"{name}님이 들어왔습니다")
    members[name] = client
    return count
# ANCHOR_END: join


# ANCHOR: tell_others
def tell_others(name, line):
    for other, client in members.items():
        try:
            if other != name:
                client.lines.put_nowait(line)
        except asyncio.QueueFull:
            client.task.cancel()
# ANCHOR_END: tell_others


# ANCHOR: converse
async def converse(name, client):
    sending = asyncio.create_task(send(client))
    try:
        while (line := await next_line(client)) is not None:
            tell_others(name, f"{name}: {line.translate(CONTROLS)}")
    finally:
        sending.cancel()
# ANCHOR_END: converse


# ANCHOR: stay
async def stay(name, client):
    try:
        await converse(name, client)
    finally:
        # 취소되어도 실행됩니다. / Run when this is cancelled, too.
        del members[name]
        tell_others(name, f"{name}님이 나갔습니다")
        print(f"나갔습니다: {name} ({len(members)}명)", flush=True)
# ANCHOR_END: stay


def turn_away(writer):
    why = "자리가 없습니다"
    print(f"돌려보냈습니다: {why}", flush=True)
    say(writer, why)
    writer.close()


def say(writer, line):
    writer.write(f"{line}\n".encode())


async def serve(client):
    """손님 한 명의 처음부터 끝까지. / One client, from its beginning to its end."""
    address = client.writer.get_extra_info("peername")
    address = ":".join(map(str, (address or ["?"])[:2]))
    why = None
    try:
        await client.task
    except Refused as refused:
        why = str(refused)
    except OSError as error:
        raise OSError(f"{address}: {error}") from None
    except asyncio.CancelledError:
        raise OSError(f"{address}: 보낼 줄이 너무 많이 밀렸습니다") from None
    try:
        await asyncio.wait_for(part(client, why), PATIENCE)
    except (OSError, asyncio.TimeoutError):
        pass  # 오래는 기다리지 않습니다 / not for long


async def take_part(client):
    try:
        name = await named(client)
    except Refused as why:
        print(f"돌려보냈습니다: {why}", flush=True)
        raise
    except OSError:
        print("이름 없이 나갔습니다", flush=True)
        raise
    if name is None:
        print("이름 없이 나갔습니다", flush=True)
    else:
        await stay(name, client)


async def named(client):
    say(client.writer, "이름을 알려 주세요")
    name = await next_line(client)
    if name is not None:
        count = join(name, client)
        print(f"들어왔습니다: {name} ({count}명)", flush=True)
    return name


async def send(client):
    """write는 한 줄을 통째로 맡기고, drain은 밀렸으면 기다립니다. / write hands over a whole line; drain waits its turn."""
    try:
        while True:
            say(client.writer, await client.lines.get())
            await client.writer.drain()
    except OSError:
        pass  # 읽는 쪽도 알게 됩니다 / who reads will notice as well


def take_line(client):
    line, newline, rest = client.unread.partition(b"\n")
    if newline:
        client.unread = rest
        return text(line)
    if len(line) > LINE + 1:
        raise Refused("줄이 너무 깁니다")
    return None


def take_rest(client):
    """손님이 끝냈을 때 남은 것도 줄입니다. / What is left at the client's end is a line, too."""
    rest, client.unread = client.unread, b""
    return text(rest) if rest else None


def text(line):
    line = line.removesuffix(b"\r")
    if len(line) > LINE:
        raise Refused("줄이 너무 깁니다")
    try:
        return line.decode()
    except UnicodeDecodeError:
        raise Refused("UTF-8이 아닙니다") from None


async def part(client, why):
    """남은 줄과 이유를 보내고, 오는 것은 읽어서 버립니다(레슨 08). / Sends what is left, and why; throws away what comes."""
    while not client.lines.empty():
        say(client.writer, client.lines.get_nowait())
        await client.writer.drain()
    if why is not None:
        say(client.writer, why)
    client.writer.write_eof()
    while await client.reader.read(4096):
        pass
    client.writer.close()
    await client.writer.wait_closed()


def end_on_enter():
    if sys.stdin.readline():
        os._exit(0)


def main():
    arguments = [*sys.argv[1:], *[DEFAULT_ADDRESS, DEFAULT_CLIENTS][len(sys.argv) - 1 :]]
    host, _, port = arguments[0].rpartition(":")
    places = int(arguments[1])
    if not 1 <= places <= MOST_CLIENTS:
        raise ValueError(f"손님은 1명에서 {MOST_CLIENTS}명까지입니다: {places}")
    listener = socket.create_server((host, int(port)))
    host, port = listener.getsockname()[:2]
    print(f"서버가 시작되었습니다: {host}:{port} (Enter로 끝냅니다)", flush=True)
    threading.Thread(target=end_on_enter, daemon=True).start()
    asyncio.run(serve_everyone(listener, places))


try:
    main()
except (OSError, ValueError) as error:
    sys.exit(f"오류: {error}")
