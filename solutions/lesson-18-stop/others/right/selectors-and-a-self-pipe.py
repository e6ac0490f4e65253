# Right: one thread: selectors over the listener, stdin, every client, and the pipe that signal.set_wakeup_fd writes to.
import os
import selectors
import signal
import socket
import sys
import time

SORRY = "1부터 2000000까지의 수를 보내 주세요\n".encode()
selector = selectors.DefaultSelector()
clients = set()
stops = 0


def tell(line):
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


class Client:
    def __init__(self, sock):
        self.sock, self.inbox, self.outbox = sock, b"", "몇까지 셀까요?\n".encode()
        self.counting = iter(())
        self.finished = False  # the peer has ended its direction
        self.parting = None  # the last words
        self.parted = False
        sock.setblocking(False)
        clients.add(self)
        tell(f"손님이 왔습니다 ({len(clients)}명)")
        selector.register(sock, selectors.EVENT_READ, self.ready)
        self.go_on()

    def ready(self, mask):
        try:
            if mask & selectors.EVENT_READ:
                chunk = self.sock.recv(65536)
                if not chunk:
                    self.finished = True
                elif not self.parting:
                    self.inbox += chunk
            self.go_on()
        except BlockingIOError:
            pass
        except OSError:
            self.gone()

    def refill(self):
        """The next bytes to send; False where there are none for now."""
        numbers = next(self.counting, None)
        if numbers is not None:
            self.outbox = numbers
        elif self.parting:
            return False
        elif stops:
            self.last_words("서버가 끝납니다\n".encode())
        else:
            return self.next_line()
        return True

    def next_line(self):
        line, newline, rest = self.inbox.partition(b"\n")
        if len(line.removesuffix(b"\r")) > 1024 and (newline or len(line) > 1025):
            self.last_words(SORRY)
        elif newline or (self.finished and line):
            self.inbox = rest
            line = line.removesuffix(b"\r")
            number = int(line) if line.isdigit() else 0
            if 1 <= number <= 2_000_000:
                self.counting = pieces(number)
            else:
                self.outbox = SORRY
        else:
            return False
        return True

    def last_words(self, words):
        self.parting = self.outbox = words

    def go_on(self):
        try:
            while self.outbox or self.refill():
                if self.outbox:
                    self.outbox = self.outbox[self.sock.send(self.outbox) :]
        except BlockingIOError:
            pass
        if self.parting and not self.outbox and not self.parted:
            self.parted = True
            self.sock.shutdown(socket.SHUT_WR)
        idle = not self.outbox
        if self.finished and idle:
            return self.gone()
        mask = 0 if self.finished else selectors.EVENT_READ
        selector.modify(self.sock, mask | (0 if idle else selectors.EVENT_WRITE), self.ready)

    def gone(self):
        selector.unregister(self.sock)
        self.sock.close()
        clients.discard(self)
        tell(f"손님이 갔습니다 ({len(clients)}명)")


def pieces(number):
    for first in range(1, number + 1, 4000):
        yield "".join(f"{n}\n" for n in range(first, min(first + 4000, number + 1))).encode()


def main():
    global stops
    host, port = (sys.argv[1] if len(sys.argv) > 1 else "127.0.0.1:12345").rsplit(":", 1)
    seconds = float(int(sys.argv[2] if len(sys.argv) > 2 else "10"))
    if not 1 <= seconds <= 600:
        raise ValueError("1..600")
    listener = socket.create_server((host, int(port)))
    listener.setblocking(False)
    woken, waking = os.pipe()
    for end in (woken, waking):
        os.set_blocking(end, False)
    signal.set_wakeup_fd(waking)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: None)

    def signalled(_):
        global stops
        stops += len(os.read(woken, 100))

    def typed(_):
        global stops
        chunk = os.read(0, 4096)
        stops += chunk.count(b"\n")
        if not chunk:
            selector.unregister(0)

    def accepts(_):
        try:
            Client(listener.accept()[0])
        except OSError:
            pass

    selector.register(woken, selectors.EVENT_READ, signalled)
    selector.register(0, selectors.EVENT_READ, typed)
    selector.register(listener, selectors.EVENT_READ, accepts)
    tell("서버가 시작되었습니다: %s:%d (Enter나 Ctrl-C로 끝냅니다)" % listener.getsockname())
    deadline = None
    while True:
        if stops and deadline is None:
            deadline = time.monotonic() + seconds
            selector.unregister(listener)
            listener.close()
            tell(f"끝내는 중입니다 (손님 {len(clients)}명)")
            for client in list(clients):
                try:
                    client.go_on()
                except OSError:
                    client.gone()
        if deadline is not None:
            if not clients:
                tell("모두 보냈습니다")
                return 0
            if stops > 1:
                tell(f"바로 끝냅니다 (손님 {len(clients)}명)")
                return 130
            if time.monotonic() >= deadline:
                tell(f"더 기다리지 않습니다 (손님 {len(clients)}명)")
                return 0
        left = None if deadline is None else max(0.0, deadline - time.monotonic())
        for key, mask in selector.select(left):
            key.data(mask)


try:
    sys.exit(main())
except (OSError, ValueError) as error:
    sys.exit(str(error))
