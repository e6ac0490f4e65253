# Right: asyncio streams, with a lock so that one client is served after the other
import asyncio
import os
import struct
import sys
import threading


def say(line):
    print(line, flush=True)


def frame(body):
    return struct.pack("!I", len(body)) + body


async def converse(reader, writer):
    writer.write(frame("반갑습니다".encode()))
    await writer.drain()
    while True:
        try:
            header = await reader.readexactly(4)
        except asyncio.IncompleteReadError as error:
            if error.partial:
                raise
            return "손님이 끝냈습니다"
        (length,) = struct.unpack("!I", header)
        say(f"{length}바이트짜리 메시지가 옵니다")
        if length > 65536:
            return f"너무 깁니다: {length}바이트"
        writer.write(frame(await reader.readexactly(length)))
        await writer.drain()


async def main():
    turn = asyncio.Lock()

    async def serve(reader, writer):
        async with turn:
            try:
                line = await converse(reader, writer)
            except asyncio.IncompleteReadError:
                line = "메시지가 중간에 끝났습니다"
            except ConnectionResetError:
                line = "손님이 끊었습니다 (RST)"
            except OSError as error:
                line = f"오류: {error}"
            say(line)
            writer.close()
            try:
                await asyncio.wait_for(writer.wait_closed(), 0.2)
            except (OSError, asyncio.TimeoutError):
                writer.transport.abort()

    host, _, port = (sys.argv[1:] or ["127.0.0.1:12345"])[0].rpartition(":")
    server = await asyncio.start_server(serve, host, int(port))
    name = server.sockets[0].getsockname()
    say(f"서버가 시작되었습니다: {name[0]}:{name[1]} (Enter로 끝냅니다)")
    threading.Thread(target=end_on_enter, daemon=True).start()
    await server.serve_forever()


def end_on_enter():
    if sys.stdin.buffer.readline():
        os._exit(0)


sys.stdout.reconfigure(encoding="utf-8")
asyncio.run(main())
