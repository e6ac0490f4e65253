# Right: an asyncio datagram endpoint; each request is a Future that the protocol resolves, waited for under wait_for and shield.
import asyncio
import socket
import sys


class Box(asyncio.DatagramProtocol):
    def __init__(self, server):
        self.server, self.number, self.reply = server, None, None

    def expect(self, number):
        self.number, self.reply = number, asyncio.get_running_loop().create_future()

    def datagram_received(self, data, sender):
        if sender[:2] != self.server[:2] or self.reply is None or self.reply.done():
            return
        try:
            own, space, text = data.decode().partition(" ")
        except UnicodeDecodeError:
            return
        if space and own == self.number:
            self.reply.set_result(text)

    def error_received(self, error):
        pass  # A port that is off may be on again.


async def ask(transport, box, number, line, wait):
    box.expect(str(number))
    for _ in range(4):
        transport.sendto(f"{number} {line}".encode(), box.server)
        try:
            return await asyncio.wait_for(asyncio.shield(box.reply), wait)
        except asyncio.TimeoutError:
            wait *= 2
    box.reply.cancel()
    return None


async def main(address, first_wait):
    loop = asyncio.get_running_loop()
    host, _, port = address.rpartition(":")
    found = await loop.getaddrinfo(host.strip("[]"), int(port), type=socket.SOCK_DGRAM)
    family, _, _, _, server = found[0]
    any_address = ("::", 0) if family == socket.AF_INET6 else ("0.0.0.0", 0)
    transport, box = await loop.create_datagram_endpoint(lambda: Box(server), local_addr=any_address, family=family)
    number = 0
    while line := await loop.run_in_executor(None, sys.stdin.readline):
        number += 1
        reply = await ask(transport, box, number, line.rstrip("\r\n"), first_wait)
        print(f"{number}번 요청을 포기했습니다" if reply is None else f"메아리: {reply}", flush=True)
    transport.close()


address = sys.argv[1] if len(sys.argv) > 1 else "127.0.0.1:12345"
wait = int(sys.argv[2]) if len(sys.argv) > 2 and sys.argv[2].isdecimal() else 500
try:
    asyncio.run(main(address, wait / 1000))
except (OSError, ValueError, OverflowError) as error:
    sys.exit(f"오류: {address}: {error}")
