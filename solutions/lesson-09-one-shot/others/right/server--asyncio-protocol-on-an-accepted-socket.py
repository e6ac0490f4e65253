# Right: one blocking accept, the door closed, then an asyncio Protocol on the accepted socket that keeps half-open connections open and re-arms a timer.
import asyncio
import socket
import sys

REPLY = "네, 잘 들었습니다.\n".encode()
LIMIT = 1024
PATIENCE = 10.0


class Conversation(asyncio.Protocol):
    def __init__(self, loop):
        self.loop = loop
        self.over = loop.create_future()
        self.heard = b""
        self.replied = False
        self.timer = None

    def connection_made(self, transport):
        self.transport = transport
        self.wind_up()

    def wind_up(self):
        if self.timer:
            self.timer.cancel()
        self.timer = self.loop.call_later(PATIENCE, self.fail, TimeoutError("시간이 다 되었습니다"))

    def fail(self, error):
        if not self.over.done():
            self.over.set_exception(error)
        self.transport.abort()

    def data_received(self, data):
        self.wind_up()
        if self.replied:
            return
        self.heard = (self.heard + data)[:LIMIT]
        if b"\n" in self.heard or len(self.heard) == LIMIT:
            self.reply()

    def eof_received(self):
        self.wind_up()
        if not self.replied:
            self.reply()
        return False

    def reply(self):
        self.replied = True
        line, newline, _ = self.heard.partition(b"\n")
        if not newline and len(self.heard) == LIMIT:
            return self.fail(ValueError("메시지가 너무 깁니다"))
        try:
            text = line.decode().rstrip()
        except UnicodeDecodeError:
            return self.fail(ValueError("메시지가 UTF-8이 아닙니다"))
        print("받은 메시지:", text, flush=True)
        self.transport.write(REPLY)
        self.transport.write_eof()

    def connection_lost(self, error):
        self.timer.cancel()
        if self.over.done():
            return
        if error:
            self.over.set_exception(error)
        else:
            self.over.set_result(None)


async def converse(client):
    loop = asyncio.get_running_loop()
    _, protocol = await loop.connect_accepted_socket(lambda: Conversation(loop), client)
    await protocol.over


def main():
    host, _, port = (sys.argv[1] if len(sys.argv) > 1 else "127.0.0.1:12345").rpartition(":")
    with socket.create_server((host, int(port))) as door:
        print("서버가 시작되었습니다: %s:%d" % door.getsockname(), flush=True)
        client, peer = door.accept()
    print("손님이 왔습니다: %s:%d" % peer, flush=True)
    asyncio.run(converse(client))


try:
    main()
except (OSError, ValueError) as error:
    sys.exit(f"오류: {error}")
