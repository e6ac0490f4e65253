# Right: asyncio: signals by add_signal_handler, stdin by add_reader, a task for each client; a stop cancels only those that wait.
import asyncio
import os
import signal
import sys

SORRY = "1부터 2000000까지의 수를 보내 주세요\n".encode()
GOODBYE = "서버가 끝납니다\n".encode()
LINE = 1024


class Server:
    def __init__(self):
        self.count = 0
        self.stopping = False
        self.waiting = set()
        self.changed = asyncio.Event()
        self.again = asyncio.Event()

    def tell(self, line):
        print(line, flush=True)

    def stop(self):
        if self.stopping:
            return self.again.set()
        self.stopping = True
        self.changed.set()
        for task in self.waiting:
            task.cancel()

    async def line_of(self, reader):
        """A line, b"" at the end; None at the stop."""
        if self.stopping:
            return None
        reading = asyncio.ensure_future(reader.readuntil(b"\n"))
        self.waiting.add(reading)
        try:
            return await reading
        except asyncio.IncompleteReadError as short:
            return short.partial
        except asyncio.LimitOverrunError:
            return b"x" * 2 * LINE
        except asyncio.CancelledError:
            return None
        finally:
            self.waiting.discard(reading)

    async def part(self, reader, writer, words):
        writer.write(words)
        await writer.drain()
        writer.write_eof()
        while await reader.read(4096):
            pass

    async def converse(self, reader, writer):
        writer.write("몇까지 셀까요?\n".encode())
        while True:
            line = await self.line_of(reader)
            if line is None:
                return await self.part(reader, writer, GOODBYE)
            if line == b"":
                return
            line = line.removesuffix(b"\n").removesuffix(b"\r")
            if len(line) > LINE:
                return await self.part(reader, writer, SORRY)
            number = int(line) if line.isdigit() else 0
            if not 1 <= number <= 2_000_000:
                writer.write(SORRY)
            else:
                for first in range(1, number + 1, 5000):
                    last = min(first + 5000, number + 1)
                    writer.write("".join(f"{n}\n" for n in range(first, last)).encode())
                    await writer.drain()

    async def serve(self, reader, writer):
        self.count += 1
        self.tell(f"손님이 왔습니다 ({self.count}명)")
        try:
            await self.converse(reader, writer)
        except OSError:
            pass
        finally:
            writer.close()
            self.count -= 1
            self.tell(f"손님이 갔습니다 ({self.count}명)")
            self.changed.set()

    async def all_gone(self):
        while self.count:
            self.changed.clear()
            await self.changed.wait()

    async def run(self, host, port, seconds):
        loop = asyncio.get_running_loop()

        def typed():
            chunk = os.read(0, 4096)
            if not chunk:
                loop.remove_reader(0)
            for _ in range(chunk.count(b"\n")):
                self.stop()

        listening = await asyncio.start_server(self.serve, host, port, limit=LINE + 2)
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, self.stop)
        loop.add_reader(0, typed)
        address = listening.sockets[0].getsockname()
        self.tell(f"서버가 시작되었습니다: {address[0]}:{address[1]} (Enter나 Ctrl-C로 끝냅니다)")
        while not self.stopping:
            self.changed.clear()
            await self.changed.wait()
        deadline = loop.time() + seconds
        listening.close()
        self.tell(f"끝내는 중입니다 (손님 {self.count}명)")
        gone = asyncio.ensure_future(self.all_gone())
        again = asyncio.ensure_future(self.again.wait())
        left = max(0, deadline - loop.time())
        await asyncio.wait([gone, again], timeout=left, return_when=asyncio.FIRST_COMPLETED)
        if gone.done() or not self.count:
            self.tell("모두 보냈습니다")
            return 0
        if again.done():
            self.tell(f"바로 끝냅니다 (손님 {self.count}명)")
            return 130
        self.tell(f"더 기다리지 않습니다 (손님 {self.count}명)")
        return 0


async def main():
    host, _, port = (sys.argv[1] if len(sys.argv) > 1 else "127.0.0.1:12345").rpartition(":")
    seconds = int(sys.argv[2]) if len(sys.argv) > 2 else 10
    if seconds not in range(1, 601):
        sys.exit("SECONDS: 1..600")
    return await Server().run(host.strip("[]"), int(port), seconds)


try:
    loop = asyncio.new_event_loop()
    status = loop.run_until_complete(main())
except (OSError, ValueError) as error:
    sys.exit(f"{error}")
os._exit(status)
