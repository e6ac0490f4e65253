# Right: an asyncio Protocol whose eof_received keeps the other half open; one client at a time; silence is a call_later.
import asyncio
import os
import socket
import sys
import threading

LIMIT = 1024
PATIENCE = 10.0


def say(text):
    os.write(1, (text + "\r\n").encode())


class Parting(asyncio.Protocol):
    def __init__(self):
        self.loop = asyncio.get_running_loop()
        self.over = self.loop.create_future()
        self.heard = 0
        self.answered = False
        self.clock = None

    def wind(self):
        if self.clock:
            self.clock.cancel()
        self.clock = self.loop.call_later(PATIENCE, self.silence)

    def silence(self):
        self.end("시간이 다 되었습니다")

    def end(self, how):
        if not self.over.done():
            self.over.set_result(how)
        self.clock.cancel()
        self.transport.abort()

    def connection_made(self, transport):
        self.transport = transport
        self.wind()

    def data_received(self, data):
        self.wind()
        if not self.answered:
            self.heard += len(data)
            if self.heard > LIMIT:
                self.answer("너무 깁니다\n")

    def answer(self, words):
        self.answered = True
        self.transport.write(words.encode())
        self.transport.write_eof()
        say("할 말을 다 했습니다.")

    def eof_received(self):
        if not self.answered:
            self.answer(f"{self.heard}바이트를 받았습니다\n")
        if not self.over.done():
            self.over.set_result("손님이 닫았습니다 (FIN)")
        return False  # both directions have ended: let the transport close

    def connection_lost(self, error):
        self.clock.cancel()
        if self.over.done():
            return
        if isinstance(error, ConnectionResetError):
            self.over.set_result("손님이 끊었습니다 (RST)")
        else:
            self.over.set_result(f"오류: {error}")


def end_on_enter():
    if sys.stdin.buffer.readline():
        os._exit(0)


async def main(text="127.0.0.1:12345", *_):
    loop = asyncio.get_running_loop()
    host, _, port = text.rpartition(":")
    host = host.strip("[]")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    door = socket.create_server((host, int(port)), family=family)
    door.setblocking(False)
    shape = "[%s]:%d" if family == socket.AF_INET6 else "%s:%d"
    say(f"서버가 시작되었습니다: {shape % door.getsockname()[:2]} (Enter로 끝냅니다)")
    threading.Thread(target=end_on_enter, daemon=True).start()
    while True:
        client, _ = await loop.sock_accept(door)
        _, protocol = await loop.connect_accepted_socket(Parting, client)
        say(await protocol.over)


try:
    asyncio.run(main(*sys.argv[1:]))
except (OSError, ValueError, OverflowError) as error:
    sys.exit(f"오류: {error}")
