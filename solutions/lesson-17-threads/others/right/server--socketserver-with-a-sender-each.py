# Right: socketserver's threads, an RLock, and a bounded deque with a condition for each sender; a semaphore for the places.
import collections
import os
import socket
import socketserver
import sys
import threading
import time

lock = threading.RLock()
room = {}
def how_many():
    number = sys.argv[2] if len(sys.argv) > 2 else "8"
    if number.isascii() and number.isdigit() and 1 <= int(number) <= 100_000:
        return int(number)
    sys.exit("오류: 손님은 1명에서 100000명까지입니다")


places = threading.BoundedSemaphore(how_many())
CONTROLS = dict.fromkeys([*range(0x20), *range(0x7F, 0xA0)], "")


class Outbox(threading.Thread):
    def __init__(self, connection):
        super().__init__(daemon=True)
        self.connection = connection
        self.lines = collections.deque()
        self.ready = threading.Condition()
        self.closing = False

    def put(self, line):
        with self.ready:
            if len(self.lines) >= 10_000:
                self.closing = True
                try:
                    self.connection.shutdown(socket.SHUT_RDWR)
                except OSError:
                    pass
            else:
                self.lines.append(line)
            self.ready.notify()

    def close(self):
        with self.ready:
            self.closing = True
            self.ready.notify()

    def run(self):
        try:
            while True:
                with self.ready:
                    self.ready.wait_for(lambda: self.lines or self.closing)
                    if not self.lines:
                        break
                    lines = list(self.lines)[:64]
                    for _ in lines:
                        self.lines.popleft()
                self.connection.sendall("".join(line + "\n" for line in lines).encode())
            self.connection.shutdown(socket.SHUT_WR)
        except OSError:
            pass


class Refusal(ValueError):
    pass


class Handler(socketserver.StreamRequestHandler):
    def handle(self):
        outbox = Outbox(self.request)
        outbox.start()
        outbox.put("이름을 알려 주세요")
        name = None
        try:
            name = self.enter(outbox)
            if name is None:
                print("이름 없이 나갔습니다", flush=True)
            else:
                self.talk(name)
        except Refusal as why:
            outbox.put(str(why))
            if name is None:
                print(f"돌려보냈습니다: {why}", flush=True)
        finally:
            if name is not None:
                with lock:
                    room.pop(name)
                    self.tell(name, f"{name}님이 나갔습니다")
                    print(f"나갔습니다: {name} ({len(room)}명)", flush=True)
            outbox.close()
            outbox.join(2)
            self.drain()

    def enter(self, outbox):
        name = self.line()
        if name is None:
            return None
        if not name or len(name.encode()) > 30 or any(ord(it) in CONTROLS for it in name):
            raise Refusal("쓸 수 없는 이름입니다")
        with lock:
            if name in room:
                raise Refusal("이미 있는 이름입니다")
            room[name] = outbox
            outbox.put(f"환영합니다: {name} ({len(room)}명)")
            self.tell(name, f"{name}님이 들어왔습니다")
            print(f"들어왔습니다: {name} ({len(room)}명)", flush=True)
        return name

    def talk(self, name):
        while (line := self.line()) is not None:
            with lock:
                self.tell(name, f"{name}: {line.translate(CONTROLS)}")

    def tell(self, me, line):
        for name, outbox in room.items():
            if name != me:
                outbox.put(line)

    def line(self):
        try:
            line = self.rfile.readline(1026)
        except OSError:
            return None
        if not line:
            return None
        if line.endswith(b"\n"):
            line = line[:-1]
        if line.endswith(b"\r"):
            line = line[:-1]
        if len(line) > 1024:
            raise Refusal("줄이 너무 깁니다")
        try:
            return str(line, "utf-8")
        except UnicodeDecodeError as bad:
            raise Refusal("UTF-8이 아닙니다") from bad

    def drain(self):
        until = time.monotonic() + 2
        try:
            while (left := until - time.monotonic()) > 0:
                self.request.settimeout(left)
                if not self.request.recv(1024):
                    return
        except OSError:
            pass


class Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True
    request_queue_size = 64

    def verify_request(self, request, client_address):
        if places.acquire(blocking=False):
            return True
        print("돌려보냈습니다: 자리가 없습니다", flush=True)
        request.sendall("자리가 없습니다\n".encode())
        return False

    def process_request_thread(self, request, client_address):
        try:
            super().process_request_thread(request, client_address)
        finally:
            places.release()

    def handle_error(self, request, client_address):
        pass


def end_on_enter():
    if sys.stdin.readline():
        os._exit(0)


host, _, port = (sys.argv[1] if len(sys.argv) > 1 else "127.0.0.1:12345").rpartition(":")
try:
    server = Server((host, int(port)), Handler)
except OSError as error:
    sys.exit(f"오류: {error}")
print("서버가 시작되었습니다: {}:{} (Enter로 끝냅니다)".format(*server.server_address), flush=True)
threading.Thread(target=end_on_enter, daemon=True).start()
server.serve_forever()
