# Right: asyncio's socket calls, one client at a time, with a time limit around each read; the keyboard is read in a daemon thread that sets an event.
import asyncio
import os
import socket
import sys
import threading

PATIENCE = 10


async def read(loop, client, most):
    return await asyncio.wait_for(loop.sock_recv(client, most), PATIENCE)


async def visit(loop, client):
    length = 0
    while length <= 1024:
        piece = await read(loop, client, 1025 - length)
        if not piece:
            break
        length += len(piece)
    reply = "너무 깁니다\n" if length > 1024 else f"{length}바이트를 받았습니다\n"
    await loop.sock_sendall(client, reply.encode())
    client.shutdown(socket.SHUT_WR)
    print("할 말을 다 했습니다.", flush=True)
    while await read(loop, client, 3000):
        pass


async def serve(listener):
    loop = asyncio.get_running_loop()
    while True:
        client, _ = await loop.sock_accept(listener)
        with client:
            try:
                await visit(loop, client)
            except ConnectionResetError:
                how = "손님이 끊었습니다 (RST)"
            except (OSError, asyncio.TimeoutError) as error:
                how = f"오류: {error!r}"
            else:
                how = "손님이 닫았습니다 (FIN)"
        print(how, flush=True)


async def main(address="127.0.0.1:12345"):
    host, _, port = address.rpartition(":")
    loop, enter = asyncio.get_running_loop(), asyncio.Event()

    def keyboard():
        if sys.stdin.readline():
            loop.call_soon_threadsafe(enter.set)

    with socket.create_server((host, int(port))) as listener:
        listener.setblocking(False)
        print("서버가 시작되었습니다: {}:{} (Enter로 끝냅니다)".format(*listener.getsockname()), flush=True)
        threading.Thread(target=keyboard, daemon=True).start()
        serving, waiting = asyncio.create_task(serve(listener)), asyncio.create_task(enter.wait())
        done, _ = await asyncio.wait({serving, waiting}, return_when=asyncio.FIRST_COMPLETED)
        if serving in done:
            serving.result()
        os._exit(0)


try:
    asyncio.run(main(*sys.argv[1:2]))
except (OSError, ValueError) as error:
    print(f"stopped: {error}", file=sys.stderr)
    os._exit(6)
