# Right: socketserver for both doors; each Unity has a queue of its own, filled with what waits when it comes.
import html
import os
import queue
import re
import socketserver
import struct
import sys
import threading

lock = threading.RLock()
waiting = {}
finished = {}
count = 0
place = None


def say(line):
    print(line, flush=True)


def finish(upto):
    for id in sorted(it for it in waiting if it <= upto):
        finished[id] = waiting.pop(id)
        say(f"전달했습니다: {id}")
    for id in list(finished)[:-100]:
        del finished[id]


class Phone(socketserver.StreamRequestHandler):
    disable_nagle_algorithm = True

    def handle(self):
        try:
            while self.one():
                pass
        except (OSError, ValueError):
            pass

    def one(self):
        first = self.rfile.readline(8192).decode("latin-1").rstrip("\r\n")
        if not first:
            return False
        self.method, self.target, _ = first.split(" ")
        self.fields = {}
        while line := self.rfile.readline(8192).decode("latin-1").rstrip("\r\n"):
            name, value = line.split(":", 1)
            self.fields[name.title()] = value.strip()
        size = int(self.fields.get("Content-Length", 0))
        if size > 1024 or "Transfer-Encoding" in self.fields:
            self.reply(413, "no\n")
            return False
        body = self.rfile.read(size)
        if len(body) == size:
            self.answer(body)
        return len(body) == size and self.fields.get("Connection", "").lower() != "close"

    def is_ours(self):
        host = self.fields.get("Host", "")
        port = self.server.server_address[1]
        numbers = re.fullmatch(r"(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3}):(\d+)", host)
        six = re.fullmatch(r"\[[0-9a-f:.]+\]:(\d+)", host, re.I)
        named = re.fullmatch(r"localhost:(\d+)", host, re.I)
        found = numbers or six or named
        if not found or int(found[found.lastindex]) != port:
            return False
        if numbers and any(int(part) > 255 for part in numbers.groups()[:4]):
            return False
        return self.fields.get("Origin") in (None, "http://" + host)

    def answer(self, body):
        if not self.is_ours():
            return self.reply(403, "not yours\n")
        path, _, query = self.target.partition("?")
        with lock:
            both = {**finished, **waiting}
        if self.method == "POST" and path == "/commands":
            return self.take(body)
        if self.method not in ("GET", "HEAD"):
            return self.reply(405, "no\n", "Allow: GET, HEAD")
        if path == "/":
            rows = [f"<li>{id}<span>{html.escape(both[id])}</span>{'대기' if id in waiting else '완료'}</li>" for id in both]
            return self.reply(200, "<ul>" + "\n".join(rows[::-1][:10]) + "</ul>", kind="text/html")
        if path == "/commands":
            after = int(query[6:]) if query else 0
            return self.reply(200, "".join(f"{id} {both[id]}\n" for id in both if id > after))
        name = path.removeprefix("/commands/")
        if name.isdigit() and int(name) in both:
            return self.reply(200, "waiting\n" if int(name) in waiting else "done\n")
        self.reply(404, "nothing\n")

    def take(self, body):
        global count
        body = body[:-1] if body.endswith(b"\n") else body
        body = body[:-1] if body.endswith(b"\r") else body
        text = body.decode(errors="replace")
        if not 0 < len(body) < 201 or text.encode() != body or any(ord(c) < 32 or 127 <= ord(c) < 160 for c in text):
            return self.reply(400, "no command\n")
        with lock:
            if len(waiting) == 100:
                id = None
            else:
                count += 1
                id = count
                waiting[id] = text
                say(f"받았습니다: {id} {text}")
                if place:
                    place.queue.put(id)
        if id is None:
            return self.reply(503, "later\n")
        self.reply(202, f"{id}\n", f"Location: /commands/{id}")

    def reply(self, status, text, *more, kind="text/plain"):
        body = text.encode()
        lines = [f"HTTP/1.1 {status} .", f"Content-Type: {kind}; charset=UTF-8", f"Content-Length: {len(body)}", *more]
        head = "\r\n".join(lines) + "\r\n\r\n"
        self.wfile.write(head.encode() + (body if self.method != "HEAD" else b""))


class Unity(socketserver.StreamRequestHandler):
    def handle(self):
        global place
        self.queue = queue.SimpleQueue()
        self.sent = 0
        try:
            self.talk()
        except (OSError, ValueError, struct.error):
            pass
        with lock:
            if place is self:
                place = None
                say("유니티가 떠났습니다")
        self.queue.put(None)

    def talk(self):
        global place
        last = self.number("last ")
        with lock:
            before, place = place, self
            say("유니티가 바뀌었습니다" if before else "유니티가 연결되었습니다")
            after = last if last <= count else 0
            finish(after)
            self.sent = max([after, *finished])
            for id in waiting:
                self.queue.put(id)
        if before:
            before.request.shutdown(2)
        self.send(f"after {after}")
        threading.Thread(target=self.push, daemon=True).start()
        while True:
            id = self.number("done ")
            with lock:
                if id > self.sent or place is not self:
                    raise ValueError
                finish(id)

    def push(self):
        try:
            while (id := self.queue.get()) is not None:
                with lock:
                    self.sent = id
                    text = waiting.get(id, finished.get(id))
                self.send(f"{id} {text}")
        except OSError:
            pass

    def number(self, word):
        (size,) = struct.unpack("!L", self.rfile.read(4))
        if size > 1024:
            raise ValueError
        text = self.rfile.read(size).decode()
        if not re.fullmatch(re.escape(word) + "[0-9]+", text):
            raise ValueError
        return int(text[len(word) :])

    def send(self, text):
        self.request.sendall(struct.pack("!L", len(text.encode())) + text.encode())


class Door(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True
    request_queue_size = 64

    def handle_error(self, *_):
        pass


def where(index, default):
    host, port = (sys.argv[index] if len(sys.argv) > index else default).rsplit(":", 1)
    return host, int(port)


phones = Door(where(1, "127.0.0.1:8080"), Phone)
unities = Door(where(2, "127.0.0.1:9090"), Unity)
say("휴대폰을 기다립니다: %s:%d" % phones.server_address)
say("유니티를 기다립니다: %s:%d (Enter로 끝냅니다)" % unities.server_address)
for door in (phones, unities):
    threading.Thread(target=door.serve_forever, daemon=True).start()
if not sys.stdin.readline():
    threading.Event().wait()
os._exit(0)
