# Right: an asyncio loop calls back whenever the socket is writable, and a future ends when the last byte was taken or the peer has left.
import asyncio
import socket
import sys


class Outbox:
    def __init__(self, loop, sock, message):
        self.loop, self.sock, self.rest = loop, sock, memoryview(message)
        self.sent = 0
        self.over = loop.create_future()
        loop.add_writer(sock, self.writable)

    def writable(self):
        try:
            taken = self.sock.send(self.rest)
        except (BlockingIOError, InterruptedError):
            return
        except OSError as error:
            self.finish(error)
            return
        self.sent += taken
        self.rest = self.rest[taken:]
        if not self.rest:
            self.finish()

    def finish(self, error=None):
        self.loop.remove_writer(self.sock)
        if error:
            self.over.set_exception(error)
        else:
            self.over.set_result(None)


async def main(text="127.0.0.1:12345", size=str(8 * 1024 * 1024), *_):
    host, _, port = text.rpartition(":")
    if not size.isdecimal():
        sys.exit("오류: 크기는 숫자여야 합니다")
    message = bytes(number % 251 for number in range(251)) * (int(size) // 251 + 1)
    loop = asyncio.get_running_loop()
    with socket.socket(socket.AF_INET6 if "[" in host else socket.AF_INET) as sock:
        sock.setblocking(False)
        await loop.sock_connect(sock, (host.strip("[]"), int(port)))
        outbox = Outbox(loop, sock, message[: int(size)])
        try:
            await outbox.over
        except OSError as error:
            sys.exit(f"오류: {outbox.sent}바이트를 넘긴 뒤 {text}이(가) 떠났습니다: {error}")
        print(f"모두 넘겼습니다: {outbox.sent}바이트", flush=True)


try:
    asyncio.run(main(*sys.argv[1:]))
except (OSError, ValueError) as error:
    sys.exit(f"오류: {error}")
