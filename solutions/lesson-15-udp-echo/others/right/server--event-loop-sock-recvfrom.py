# Right: asyncio without a transport: the loop's own sock_recvfrom and sock_sendto, in one coroutine.
import asyncio
import contextlib
import socket
import sys

MOST = 65535


async def echo(sock):
    loop = asyncio.get_running_loop()
    while True:
        with contextlib.suppress(ConnectionResetError):
            letter, sender = await loop.sock_recvfrom(sock, MOST)
            await loop.sock_sendto(sock, letter, sender)


async def main(text="127.0.0.1:12345", *_):
    host, _, port = text.rpartition(":")
    try:
        found = socket.getaddrinfo(host.strip("[]"), port, type=socket.SOCK_DGRAM, flags=socket.AI_PASSIVE)
        with socket.socket(*found[0][:3]) as sock:
            sock.setblocking(False)
            sock.bind(found[0][4])
            host, port = sock.getsockname()[:2]
            name = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
            sys.stdout.write(f"서버가 시작되었습니다: {name}\n")
            sys.stdout.flush()
            await echo(sock)
    except OSError as error:
        return f"오류: {text}: {error}"


sys.exit(asyncio.run(main(*sys.argv[1:])))
