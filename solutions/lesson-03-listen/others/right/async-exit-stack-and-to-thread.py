# Right: asyncio with an async generator of stages; an AsyncExitStack closes the listener; Enter is awaited in a thread.
import asyncio
import contextlib
import os
import socket
import sys


def enter():
    while os.read(0, 1) not in (b"\n", b""):
        pass


async def stages(address, family, backlog):
    async with contextlib.AsyncExitStack() as stack:
        door = stack.enter_context(socket.socket(family, socket.SOCK_STREAM))
        door.setblocking(False)
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        door.bind(address)
        match door.getsockname():
            case (host, port):
                yield f"묶었습니다: {host}:{port} (Enter)"
            case (host, port, _, _):
                yield f"묶었습니다: [{host}]:{port} (Enter)"
        door.listen(backlog)
        yield "듣고 있습니다. (Enter)"
    yield "닫았습니다. (Enter)"


async def main(text="127.0.0.1:12345", length="128", *_):
    host, _, port = text.rpartition(":")
    bare = host.strip("[]")
    family = socket.AF_INET6 if ":" in bare else socket.AF_INET
    try:
        socket.inet_pton(family, bare)
        address = bare, int(port)
    except (OSError, ValueError):
        raise SystemExit(f"오류: {text}은(는) 주소가 아닙니다")
    try:
        backlog = int(length)
    except ValueError:
        raise SystemExit(f"오류: {length!s}은(는) 숫자가 아니어서 대기열의 길이가 될 수 없습니다")
    try:
        async with contextlib.aclosing(stages(address, family, backlog)) as told:
            async for line in told:
                sys.stdout.buffer.write(line.encode() + b"\r\n")
                sys.stdout.buffer.flush()
                await asyncio.to_thread(enter)
    except (OSError, OverflowError) as error:
        raise SystemExit(f"오류: {error}")


asyncio.run(main(*sys.argv[1:]))
