# Right: asyncio's streams, readexactly for header and body, one client at a time by a lock; header and body in two writes.
import asyncio
import os
import sys
import threading


async def serve(reader, writer):
    def send(body):
        writer.write(len(body).to_bytes(4, "big"))
        writer.write(body)

    send("반갑습니다".encode())
    while True:
        await writer.drain()
        try:
            header = await reader.readexactly(4)
        except asyncio.IncompleteReadError as error:
            if error.partial:
                raise
            return "손님이 끝냈습니다"
        length = int.from_bytes(header, "big")
        print(f"{length}바이트짜리 메시지가 옵니다", flush=True)
        if length > 65536:
            return f"너무 깁니다: {length}바이트"
        send(await reader.readexactly(length))


async def take(turn, reader, writer):
    async with turn:
        try:
            ended = await serve(reader, writer)
        except asyncio.IncompleteReadError:
            ended = "메시지가 중간에 끝났습니다"
        except ConnectionResetError:
            ended = "손님이 끊었습니다 (RST)"
        except OSError as error:
            ended = f"오류: {error}"
        print(ended, flush=True)
        writer.close()


async def main(address):
    turn = asyncio.Lock()
    host, port = address.rsplit(":", 1)
    server = await asyncio.start_server(lambda *ends: take(turn, *ends), host, int(port))
    host, port = server.sockets[0].getsockname()
    print(f"서버가 시작되었습니다: {host}:{port} (Enter로 끝냅니다)", flush=True)
    threading.Thread(target=lambda: sys.stdin.readline() and os._exit(0), daemon=True).start()
    await server.serve_forever()


asyncio.run(main(sys.argv[1] if len(sys.argv) > 1 else "127.0.0.1:12345"))
