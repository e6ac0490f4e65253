# Right: asyncio: one task reads and one writes for each connection, and no lock is needed.
import asyncio
import sys

members = {}
connected = 0
CONTROLS = {code: None for code in (*range(32), *range(127, 160))}


class No(Exception):
    pass


class Connection:
    def __init__(self, reader, writer):
        self.reader, self.writer = reader, writer
        self.lines = asyncio.Queue(10_000)

    def say(self, line):
        try:
            self.lines.put_nowait(line)
        except asyncio.QueueFull:
            self.writer.transport.abort()

    async def send(self):
        try:
            while (line := await self.lines.get()) is not None:
                self.writer.write(f"{line}\n".encode())
                await self.writer.drain()
        except OSError:
            self.writer.transport.abort()

    async def line(self):
        try:
            line = await self.reader.readuntil(b"\n")
        except asyncio.IncompleteReadError as short:
            line = short.partial
            if not line:
                return None
        except asyncio.LimitOverrunError:
            raise No("줄이 너무 깁니다") from None
        except OSError:
            return None
        line = line.removesuffix(b"\n").removesuffix(b"\r")
        if len(line) > 1024:
            raise No("줄이 너무 깁니다")
        try:
            return line.decode()
        except UnicodeDecodeError:
            raise No("UTF-8이 아닙니다") from None


def others(me, line):
    for name, connection in list(members.items()):
        if name != me:
            connection.say(line)


def join(name, connection):
    if not 0 < len(name.encode()) <= 30 or name.translate(CONTROLS) != name:
        raise No("쓸 수 없는 이름입니다")
    if name in members:
        raise No("이미 있는 이름입니다")
    connection.say(f"환영합니다: {name} ({len(members) + 1}명)")
    others(name, f"{name}님이 들어왔습니다")
    members[name] = connection
    print(f"들어왔습니다: {name} ({len(members)}명)", flush=True)


async def converse(me):
    me.say("이름을 알려 주세요")
    name = None
    try:
        name = await me.line()
        if name is None:
            print("이름 없이 나갔습니다", flush=True)
            return
        try:
            join(name, me)
        except No:
            name = None
            raise
        while (line := await me.line()) is not None:
            others(name, f"{name}: {line.translate(CONTROLS)}")
    except No as why:
        me.say(str(why))
        if name is None or name not in members:
            print(f"돌려보냈습니다: {why}", flush=True)
    if name is not None and members.get(name) is me:
        del members[name]
        others(name, f"{name}님이 나갔습니다")
        print(f"나갔습니다: {name} ({len(members)}명)", flush=True)


async def serve(reader, writer):
    global connected
    if connected == how_many():
        print("돌려보냈습니다: 자리가 없습니다", flush=True)
        writer.write("자리가 없습니다\n".encode())
        writer.close()
        return
    connected += 1
    me = Connection(reader, writer)
    sending = asyncio.create_task(me.send())
    try:
        await converse(me)
        me.say(None)
        await asyncio.wait_for(sending, 2)
        if writer.can_write_eof():
            writer.write_eof()
        async with asyncio.timeout(2):
            while await reader.read(4096):
                pass
            writer.close()
            await writer.wait_closed()
    except (OSError, TimeoutError, asyncio.CancelledError):
        pass
    finally:
        connected -= 1
        writer.transport.abort()


def how_many():
    number = sys.argv[2] if len(sys.argv) > 2 else "8"
    if number.isascii() and number.isdigit() and 1 <= int(number) <= 100_000:
        return int(number)
    sys.exit("오류: 손님은 1명에서 100000명까지입니다")


async def main():
    how_many()
    host, _, port = (sys.argv[1] if len(sys.argv) > 1 else "127.0.0.1:12345").rpartition(":")
    server = await asyncio.start_server(serve, host, int(port), limit=1025)
    host, port = server.sockets[0].getsockname()
    print(f"서버가 시작되었습니다: {host}:{port} (Enter로 끝냅니다)", flush=True)
    typed = await asyncio.to_thread(sys.stdin.readline)
    if not typed:
        await server.serve_forever()


try:
    asyncio.run(main())
except OSError as error:
    sys.exit(f"오류: {error}")
