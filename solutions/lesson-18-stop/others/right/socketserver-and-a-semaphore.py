# Right: socketserver: its serve_forever asks now and then, server_close ends the listener, a condition counts the handlers.
import os
import select
import signal
import socket
import socketserver
import sys
import threading
import time

SORRY = "1부터 2000000까지의 수를 보내 주세요"
gate = threading.Condition()
state = {"count": 0, "stops": 0}
over = threading.Event()


def note(change, what):
    with gate:
        state["count"] += change
        print(f"손님이 {what} ({state['count']}명)", flush=True)
        gate.notify_all()


class Handler(socketserver.BaseRequestHandler):
    def setup(self):
        note(+1, "왔습니다")

    def say(self, words):
        self.request.sendall(words.encode() + b"\n")

    def handle(self):
        try:
            self.converse()
        except OSError:
            pass

    def converse(self):
        self.say("몇까지 셀까요?")
        buffer, ended = bytearray(), False
        while True:
            if over.is_set():
                return self.part("서버가 끝납니다")
            cut = buffer.find(b"\n")
            if cut < 0 and not ended and len(buffer) < 1026:
                if select.select([self.request], [], [], 0.03)[0]:
                    chunk = self.request.recv(512)
                    buffer += chunk
                    ended = not chunk
                continue
            if cut < 0 and not buffer:
                return
            line = bytes(buffer[:cut] if cut >= 0 else buffer)
            del buffer[: cut + 1 if cut >= 0 else len(buffer)]
            line = line[:-1] if line.endswith(b"\r") else line
            if len(line) > 1024:
                return self.part(SORRY)
            self.reply(line)

    def reply(self, line):
        if not (line.isdigit() and 1 <= int(line) <= 2_000_000):
            return self.say(SORRY)
        with self.request.makefile("wb", buffering=1 << 16) as out:
            for number in range(1, int(line) + 1):
                out.write(b"%d\n" % number)

    def part(self, words):
        self.say(words)
        self.request.shutdown(socket.SHUT_WR)
        while self.request.recv(1024):
            pass

    def finish(self):
        pass


class Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True
    block_on_close = False

    def shutdown_request(self, request):
        request.close()
        note(-1, "갔습니다")


def stop(*_):
    # In the main thread, which may hold the lock: the rest is another thread's.
    threading.Thread(target=stopped, daemon=True).start()


def stopped():
    with gate:
        state["stops"] += 1
        gate.notify_all()


def keyboard():
    for _ in sys.stdin.buffer:
        stopped()


def main():
    host, port = (sys.argv[1] if sys.argv[1:] else "127.0.0.1:12345").rsplit(":", 1)
    seconds = int(sys.argv[2] if sys.argv[2:] else 10)
    if seconds < 1 or seconds > 600:
        raise ValueError("seconds: 1 to 600")
    server = Server((host, int(port)), Handler)
    signal.signal(signal.SIGINT, stop)
    signal.signal(signal.SIGTERM, stop)
    threading.Thread(target=keyboard, daemon=True).start()
    print("서버가 시작되었습니다: %s:%d (Enter나 Ctrl-C로 끝냅니다)" % server.server_address, flush=True)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    with gate:
        gate.wait_for(lambda: state["stops"])
    deadline = time.monotonic() + seconds
    server.shutdown()
    server.server_close()
    with gate:
        print(f"끝내는 중입니다 (손님 {state['count']}명)", flush=True)
        over.set()
        done = lambda: state["count"] == 0 or state["stops"] > 1
        gate.wait_for(done, max(0, deadline - time.monotonic()))
        left = state["count"]
        if left == 0:
            print("모두 보냈습니다", flush=True)
        elif state["stops"] > 1:
            print(f"바로 끝냅니다 (손님 {left}명)", flush=True)
            return 130
        else:
            print(f"더 기다리지 않습니다 (손님 {left}명)", flush=True)
        return 0


try:
    os._exit(main())
except (OSError, ValueError) as error:
    sys.exit(f"{error}")
