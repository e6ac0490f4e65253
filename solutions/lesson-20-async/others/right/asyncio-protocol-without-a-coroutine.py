# Right: callbacks of an asyncio.Protocol, and not one coroutine for a client; what waits to be sent is in a deque while the transport says pause.
import asyncio
import collections
import sys

CONTROLS = dict.fromkeys([*range(32), *range(127, 160)])
room = {}
connected = set()


class Client(asyncio.Protocol):
    def connection_made(self, transport):
        self.transport = transport
        self.address = transport.get_extra_info("peername")
        self.name, self.data = None, b""
        self.paused = self.leaving = self.ended = self.turned_away = False
        self.waiting = collections.deque()
        if len(connected) == places:
            self.turned_away = self.leaving = True
            print("돌려보냈습니다: 자리가 없습니다", flush=True)
            transport.write("자리가 없습니다\n".encode())
            transport.close()
            return
        connected.add(self)
        self.say("이름을 알려 주세요")

    def say(self, line):
        if len(self.waiting) == 10_000:
            print(f"{self.address[0]}:{self.address[1]}: 큐가 가득 찼습니다", file=sys.stderr, flush=True)
            self.waiting.clear()
            self.transport.abort()
            self.gone(None)
            return
        self.waiting.append(line)
        self.flush()

    def flush(self):
        while self.waiting and not self.paused:
            self.transport.write((self.waiting.popleft() + "\n").encode())
        if self.leaving and not self.waiting and not self.transport.is_closing():
            if self.ended:
                self.transport.close()
            else:
                self.transport.write_eof()

    def pause_writing(self):
        self.paused = True

    def resume_writing(self):
        self.paused = False
        self.flush()

    def data_received(self, data):
        self.data += data
        while not self.leaving:
            line, newline, rest = self.data.partition(b"\n")
            if not newline:
                if len(line) > 1025:
                    self.leave("줄이 너무 깁니다")
                return
            self.data = rest
            self.line(line)

    def eof_received(self):
        self.ended = True
        if not self.leaving and self.data:
            self.line(self.data)
        self.leave(None)
        self.flush()
        return True

    def connection_lost(self, error):
        if error and not self.turned_away:
            print(f"{self.address[0]}:{self.address[1]}: {error}", file=sys.stderr, flush=True)
        self.gone(None)
        connected.discard(self)

    def line(self, line):
        line = line.removesuffix(b"\r")
        if len(line) > 1024:
            return self.leave("줄이 너무 깁니다")
        try:
            text = line.decode()
        except UnicodeDecodeError:
            return self.leave("UTF-8이 아닙니다")
        if self.name is not None:
            return self.others(f"{self.name}: {text.translate(CONTROLS)}")
        if not 1 <= len(line) <= 30 or text.translate(CONTROLS) != text:
            return self.leave("쓸 수 없는 이름입니다")
        if text in room:
            return self.leave("이미 있는 이름입니다")
        self.name = text
        room[text] = self
        self.say(f"환영합니다: {text} ({len(room)}명)")
        self.others(f"{text}님이 들어왔습니다")
        print(f"들어왔습니다: {text} ({len(room)}명)", flush=True)

    def others(self, line):
        for client in list(room.values()):
            if client is not self:
                client.say(line)

    def gone(self, why):
        if self.leaving:
            return False
        self.leaving = True
        if self.name is None:
            print(f"돌려보냈습니다: {why}" if why else "이름 없이 나갔습니다", flush=True)
        else:
            del room[self.name]
            self.others(f"{self.name}님이 나갔습니다")
            print(f"나갔습니다: {self.name} ({len(room)}명)", flush=True)
        return True

    def leave(self, why):
        if self.gone(why):
            if why:
                self.waiting.append(why)
            self.flush()
            asyncio.get_running_loop().call_later(2, self.transport.abort)


async def main():
    host, _, port = (sys.argv[1] if len(sys.argv) > 1 else "127.0.0.1:12345").rpartition(":")
    loop = asyncio.get_running_loop()
    server = await loop.create_server(Client, host, int(port))
    print("서버가 시작되었습니다: {}:{} (Enter로 끝냅니다)".format(*server.sockets[0].getsockname()), flush=True)
    typed = await asyncio.to_thread(sys.stdin.readline)
    if not typed:
        await server.serve_forever()


places = int(sys.argv[2]) if len(sys.argv) > 2 else 8
if not 1 <= places <= 100_000:
    sys.exit(f"자리는 1에서 100000까지입니다: {places}")
asyncio.run(main())
