# Right: http.server's handler and threads; its lenient parsing is replaced, its answers and streams are used.
import collections
import os
import re
import socket
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

TOKEN = re.compile(rb"[!#$%&'*+\-.^_`|~0-9A-Za-z]+\Z")
kept = collections.deque(maxlen=100)
lock = threading.Lock()


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = -1

    def handle_one_request(self):
        self.close_connection = True
        self.requestline, self.request_version, self.command = "", "HTTP/1.1", None
        try:
            lines = self.head()
            if lines is not None and self.understands(lines):
                self.answer()
            self.wfile.flush()
        except ConnectionError:
            pass

    def head(self):
        lines, size = [], 0
        while True:
            line = self.rfile.readline(8192 - size + 1)
            if not lines and line in (b"\n", b"\r\n"):
                continue
            size += len(line)
            if size > 8192:
                return self.refuse(431)
            if not line.endswith(b"\n"):
                return None
            line = line[:-2] if line.endswith(b"\r\n") else line[:-1]
            if not line:
                return lines
            if re.search(rb"[\0-\x08\x0a-\x1f\x7f]", line):
                lines.append(None)
            else:
                lines.append(line)

    def refuse(self, status):
        self.send_response(status)
        self.send_header("Connection", "close")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def understands(self, lines):
        if None in lines:
            return self.refuse(400)
        words = lines[0].split(b" ")
        if len(words) != 3 or not TOKEN.match(words[0]) or not words[1]:
            return self.refuse(400)
        if not re.match(rb"HTTP/\d\.\d\Z", words[2]):
            return self.refuse(400)
        if words[2][5:6] != b"1":
            return self.refuse(505)
        newer = words[2] != b"HTTP/1.0"
        self.command, self.path = words[0].decode(), words[1].decode("latin-1")
        self.requestline = lines[0].decode("latin-1")
        self.request_version = words[2].decode()
        fields = collections.defaultdict(list)
        for line in lines[1:]:
            name, colon, value = line.partition(b":")
            if not colon or not TOKEN.match(name):
                return self.refuse(400)
            fields[name.lower()].append(value.strip(b" \t"))
        if newer and len(fields[b"host"]) != 1:
            return self.refuse(400)
        lengths = fields[b"content-length"]
        if fields[b"transfer-encoding"]:
            return self.refuse(400 if lengths else 501)
        if len(lengths) > 1 or any(not re.match(rb"[0-9]{1,40}\Z", it) for it in lengths):
            return self.refuse(400)
        length = int(lengths[0]) if lengths else 0
        if length >= 2**64:
            return self.refuse(400)
        if length > 1024:
            return self.refuse(413)
        expects = [it.lower() for it in fields[b"expect"]] if newer else []
        if expects not in ([], [b"100-continue"]):
            return self.refuse(417)
        if expects and length:
            self.send_response_only(100)
            self.end_headers()
            self.wfile.flush()
        self.body = self.rfile.read(length)
        if len(self.body) < length:
            return False
        words = b",".join(fields[b"connection"]).lower().split(b",")
        self.close_connection = not newer or b"close" in [word.strip() for word in words]
        return True

    def answer(self):
        path = re.sub(r"^[a-z]+://[^/?]*", "", self.path, flags=re.I) if "://" in self.path[:9] else self.path
        path = path.split("?")[0] or "/"
        methods = {"/": ["GET", "HEAD"], "/commands": ["POST", "HEAD", "GET"]}.get(path)
        if methods is None:
            return self.say(404, "?\n")
        if self.command not in methods:
            return self.say(405, "?\n", ("Allow", ",".join(methods)))
        if path == "/":
            return self.say(200, "명령 서버입니다\n")
        if self.command == "POST":
            return self.accept()
        with lock:
            text = "".join(f"{it}\n" for it in kept)
        self.say(200, text)

    def accept(self):
        body = re.sub(rb"\r?\n\Z", b"", self.body)
        text = body.decode("utf-8", "replace")
        if not 0 < len(body) <= 200 or text.encode() != body or re.search(r"[\0-\x1f\x7f-\x9f]", text):
            return self.say(400, "?\n")
        with lock:
            kept.append(text)
            print(f"명령: {text}", flush=True)
        self.say(200, f"받았습니다: {text}\n")

    def say(self, status, text, *fields):
        self.send_response(status)
        for name, value in fields:
            self.send_header(name, value)
        if self.close_connection:
            self.send_header("Connection", "close")
        self.send_header("Content-Type", "text/plain;charset=UTF-8")
        self.send_header("Content-Length", str(len(text.encode())))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(text.encode())

    def finish(self):
        try:
            super().finish()
            self.connection.shutdown(socket.SHUT_WR)
            self.connection.settimeout(1)
            for _ in range(1000):
                if not self.connection.recv(65536):
                    break
        except OSError:
            pass

    def log_message(self, *_):
        pass


class Server(ThreadingHTTPServer):
    def server_bind(self):
        socket.socket.bind(self.socket, self.server_address)

    def handle_error(self, *_):
        pass


host, _, port = (sys.argv + ["127.0.0.1:8080"])[1].rpartition(":")
server = Server((host, int(port)), Handler)
print("서버가 시작되었습니다: %s:%d (Enter로 끝냅니다)" % server.socket.getsockname(), flush=True)
threading.Thread(target=server.serve_forever, daemon=True).start()
if sys.stdin.readline():
    os._exit(0)
threading.Event().wait()
