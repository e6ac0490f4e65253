# Right: asyncio.timeout_at around the loop's sock_recvfrom; late and strange letters pass inside the block; lines come by to_thread.
import asyncio
import os
import socket
import sys

MOST = 65535


class Asker:
    def __init__(self, sock, server):
        self.sock, self.server = sock, server
        self.loop = asyncio.get_running_loop()

    async def hear(self, number):
        start = f"{number} ".encode()
        while True:
            try:
                letter, sender = await self.loop.sock_recvfrom(self.sock, MOST)
            except ConnectionResetError:
                continue
            if sender == self.server and letter.startswith(start):
                try:
                    return letter[len(start) :].decode()
                except UnicodeDecodeError:
                    pass
            await asyncio.sleep(0)  # in a flood of letters, too, the clock has its turn

    async def ask(self, number, line, first):
        request = f"{number} {line}".encode()
        for times in (1, 2, 4, 8):
            await self.loop.sock_sendto(self.sock, request, self.server)
            try:
                async with asyncio.timeout_at(self.loop.time() + first * times):
                    return await self.hear(number)
            except TimeoutError:
                pass
        return None


async def main(address="127.0.0.1:12345", first="500", *_):
    first = (int(first) if first.isdecimal() else 500) / 1000
    host, _, port = address.rpartition(":")
    found = socket.getaddrinfo(host.strip("[]"), port, type=socket.SOCK_DGRAM)
    family, kind, protocol, _, server = found[0]
    with socket.socket(family, kind, protocol) as sock:
        sock.setblocking(False)
        sock.bind(("::" if family == socket.AF_INET6 else "0.0.0.0", 0))
        asker = Asker(sock, server)
        number = 0
        while line := await asyncio.to_thread(sys.stdin.buffer.readline):
            number += 1
            line = line.decode().removesuffix("\n").removesuffix("\r")
            reply = await asker.ask(number, line, first)
            told = f"{number}번 요청을 포기했습니다" if reply is None else f"메아리: {reply}"
            os.write(1, f"{told}\n".encode())


try:
    asyncio.run(main(*sys.argv[1:]))
except (OSError, ValueError) as error:
    sys.exit(f"오류: {(sys.argv + ['127.0.0.1:12345'])[1]}: {error}")
