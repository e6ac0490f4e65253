# Right: asyncio's add_writer calls back when there is room; a Future ends it, and the count lives in a small object.
import asyncio
import itertools
import socket
import sys


class Outbox:
    def __init__(self, size):
        pattern = bytes(range(251))
        self.left = memoryview(b"".join(itertools.repeat(pattern, size // 251 + 1)))[:size]
        self.sent = 0

    def offer(self, sock):
        count = sock.send(self.left[:100_003])
        self.left = self.left[count:]
        self.sent += count


async def pour(outbox, sock):
    loop = asyncio.get_running_loop()
    done = loop.create_future()

    def room():
        try:
            outbox.offer(sock)
        except (BlockingIOError, InterruptedError):
            return
        except OSError as error:
            loop.remove_writer(sock)
            done.set_exception(error)
            return
        if not outbox.left:
            loop.remove_writer(sock)
            done.set_result(None)

    if outbox.left:
        loop.add_writer(sock, room)
        await done


async def main(text="127.0.0.1:12345", size=str(8 << 20), *_):
    if not size.isdecimal():
        return "오류: 크기는 숫자여야 합니다"
    host, _, port = text.rpartition(":")
    host = host.strip("[]")
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as sock:
        sock.setblocking(False)
        outbox = Outbox(int(size))
        try:
            await asyncio.get_running_loop().sock_connect(sock, (host, int(port)))
            await pour(outbox, sock)
        except (OSError, ValueError) as error:
            return f"오류: {outbox.sent}바이트를 넘긴 뒤 {text}이(가) 떠났습니다: {error}"
        sys.stdout.write(f"모두 넘겼습니다: {outbox.sent}바이트\r\n")
        sys.stdout.flush()


sys.exit(asyncio.run(main(*sys.argv[1:])))
