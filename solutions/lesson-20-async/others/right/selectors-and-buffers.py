# Right: one thread, selectors over the listener, stdin and every client; what cannot be sent yet waits in a deque.
import collections
import selectors
import socket
import sys
import time

CONTROLS = dict.fromkeys([*range(0x20), *range(0x7F, 0xA0)])
selector = selectors.DefaultSelector()
clients = set()
places = int(sys.argv[2]) if len(sys.argv) > 2 else 8
if not 1 <= places <= 100_000:
    sys.exit(f"오류: 자리는 1에서 100000까지입니다: {places}")


class Client:
    def __init__(self, connection, address):
        self.connection = connection
        self.address = "%s:%s" % address
        self.name = None
        self.read = b""
        self.lines = collections.deque()
        self.until = None
        connection.setblocking(False)
        clients.add(self)
        selector.register(connection, selectors.EVENT_READ, self)
        self.say("이름을 알려 주세요")

    def say(self, line):
        if len(self.lines) >= 10_000:
            self.lines.clear()
            self.drop()
            print(f"{self.address}: 큐가 가득 찼습니다", file=sys.stderr, flush=True)
            return
        self.lines.append(f"{line}\n".encode())
        self.send()

    def send(self):
        try:
            while self.lines:
                count = self.connection.send(self.lines[0])
                if count < len(self.lines[0]):
                    self.lines[0] = self.lines[0][count:]
                else:
                    self.lines.popleft()
        except BlockingIOError:
            pass
        except OSError:
            self.lines.clear()
        if self not in clients:
            return
        wanted = selectors.EVENT_READ | (selectors.EVENT_WRITE if self.lines else 0)
        selector.modify(self.connection, wanted, self)
        if self.until and not self.lines:
            try:
                self.connection.shutdown(socket.SHUT_WR)
            except OSError:
                pass

    def drop(self):
        """Without a word more."""
        self.leave(None)
        if self in clients:
            clients.discard(self)
            selector.unregister(self.connection)
            self.connection.close()

    def leave(self, why):
        if self.until:
            return
        self.until = time.monotonic() + 2
        name, self.name, self.read = self.name, None, b""
        if name is not None:
            others(self, f"{name}님이 나갔습니다")
            print(f"나갔습니다: {name} ({len(names())}명)", flush=True)
        elif why:
            print(f"돌려보냈습니다: {why}", flush=True)
        else:
            print("이름 없이 나갔습니다", flush=True)
        if why:
            self.say(why)
        else:
            self.send()

    def hear(self):
        try:
            some = self.connection.recv(65536)
        except BlockingIOError:
            return
        except OSError as error:
            print(f"{self.address}: {error}", file=sys.stderr, flush=True)
            return self.drop()
        if self.until:
            if not some and not self.lines:
                self.drop()
            return
        self.read += some
        while not self.until and b"\n" in self.read:
            line, _, self.read = self.read.partition(b"\n")
            self.line(line)
        if not self.until and len(self.read) > 1025:
            self.leave("줄이 너무 깁니다")
        if not some and not self.until:
            if self.read:
                self.line(self.read)
            self.leave(None)
            self.until = min(self.until, time.monotonic() + (1 if self.lines else 0))

    def line(self, line):
        line = line.removesuffix(b"\r")
        if len(line) > 1024:
            return self.leave("줄이 너무 깁니다")
        try:
            line = line.decode()
        except UnicodeDecodeError:
            return self.leave("UTF-8이 아닙니다")
        if self.name is not None:
            return others(self, f"{self.name}: {line.translate(CONTROLS)}")
        if not 0 < len(line.encode()) <= 30 or line.translate(CONTROLS) != line:
            return self.leave("쓸 수 없는 이름입니다")
        if line in names():
            return self.leave("이미 있는 이름입니다")
        count = len(names()) + 1
        self.say(f"환영합니다: {line} ({count}명)")
        others(self, f"{line}님이 들어왔습니다")
        self.name = line
        print(f"들어왔습니다: {line} ({count}명)", flush=True)


def names():
    return {client.name for client in clients if client.name is not None}


def others(me, line):
    for client in [client for client in clients if client is not me and client.name is not None]:
        client.say(line)


def accept(listener):
    try:
        connection, address = listener.accept()
    except OSError:
        return
    if len(clients) < places:
        Client(connection, address)
        return
    print("돌려보냈습니다: 자리가 없습니다", flush=True)
    with connection:
        connection.sendall("자리가 없습니다\n".encode())


def main():
    host, _, port = (sys.argv[1] if len(sys.argv) > 1 else "127.0.0.1:12345").rpartition(":")
    try:
        listener = socket.create_server((host, int(port)))
    except OSError as error:
        sys.exit(f"오류: {error}")
    host, port = listener.getsockname()
    print(f"서버가 시작되었습니다: {host}:{port} (Enter로 끝냅니다)", flush=True)
    selector.register(listener, selectors.EVENT_READ, "door")
    selector.register(sys.stdin, selectors.EVENT_READ, "keyboard")
    while True:
        ends = [client.until for client in clients if client.until]
        wait = max(0, min(ends) - time.monotonic()) if ends else None
        for key, events in selector.select(wait):
            match key.data:
                case "door":
                    accept(listener)
                case "keyboard":
                    if sys.stdin.readline():
                        return
                    selector.unregister(sys.stdin)
                case client if client in clients:
                    if events & selectors.EVENT_WRITE:
                        client.send()
                    if client in clients and events & selectors.EVENT_READ:
                        client.hear()
        now = time.monotonic()
        for client in [client for client in clients if client.until and client.until <= now]:
            client.drop()


main()
