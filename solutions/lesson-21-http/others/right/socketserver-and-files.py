# Right: socketserver's threads, a buffered file for reading, fields as a list of pairs, an answer in several writes.
import os
import socket
import socketserver
import string
import sys
import threading

TCHARS = set(string.ascii_letters + string.digits + "!#$%&'*+-.^_`|~")
done = []
guard = threading.RLock()


class Stop(Exception):
    def __init__(self, status=None):
        self.status = status


class Connection(socketserver.StreamRequestHandler):
    disable_nagle_algorithm = True

    def handle(self):
        try:
            while self.one_request():
                pass
        except Stop as stop:
            if stop.status:
                self.wfile.write(b"HTTP/1.1 %d No\r\n" % stop.status)
                self.wfile.write(b"connection: close\r\nContent-Length: 3\r\n\r\nno\n")
        except OSError:
            return
        try:
            self.request.shutdown(socket.SHUT_WR)
            self.request.settimeout(2)
            while self.request.recv(1 << 16):
                pass
        except OSError:
            pass

    def line(self, left):
        line = self.rfile.readline(left + 1)
        if len(line) > left:
            raise Stop(431)
        if line[-1:] != b"\n":
            raise Stop()
        return line, left - len(line)

    def one_request(self):
        line, left = self.line(8192)
        while line in (b"\r\n", b"\n"):
            line, left = self.line(8192)
        lines = []
        while line not in (b"\r\n", b"\n"):
            lines.append(line[:-1].removesuffix(b"\r").decode("latin-1"))
            line, left = self.line(left)
        if any(ord(c) < 32 and c != "\t" or c == "\x7f" for it in lines for c in it):
            raise Stop(400)
        method, path, newer = self.first(lines[0])
        pairs = [self.pair(it) for it in lines[1:]]
        if newer and sum(name == "host" for name, _ in pairs) != 1:
            raise Stop(400)
        body = self.body(pairs, newer)
        options = {w.strip().lower() for n, v in pairs if n == "connection" for w in v.split(",")}
        stays = newer and "close" not in options
        self.answer(method, path, body, stays)
        return stays

    def first(self, line):
        if line.count(" ") != 2:
            raise Stop(400)
        method, target, version = line.split(" ")
        if not method or set(method) - TCHARS or not target:
            raise Stop(400)
        if len(version) != 8 or version[:5] != "HTTP/" or version[6] != ".":
            raise Stop(400)
        if version[5] not in string.digits or version[7] not in string.digits:
            raise Stop(400)
        if version[5] != "1":
            raise Stop(505)
        path, _, _ = target.partition("?")
        if not path.startswith("/") and "://" in path:
            _, slash, rest = path.split("://", 1)[1].partition("/")
            path = "/" + rest
        return method, path, version[7] != "0"

    def pair(self, line):
        name, colon, value = line.partition(":")
        if not colon or not name or set(name) - TCHARS:
            raise Stop(400)
        return name.lower(), value.strip(" \t")

    def body(self, pairs, newer):
        lengths = [value for name, value in pairs if name == "content-length"]
        coded = any(name == "transfer-encoding" for name, _ in pairs)
        if coded:
            raise Stop(400 if lengths else 501)
        if len(lengths) > 1 or lengths and (not lengths[0] or set(lengths[0]) - set(string.digits)):
            raise Stop(400)
        digits = lengths[0].lstrip("0").rjust(1, "0") if lengths else "0"
        if len(digits) > 20 or int(digits) > 18446744073709551615:
            raise Stop(400)
        if int(digits) > 1024:
            raise Stop(413)
        expects = [value.lower() for name, value in pairs if name == "expect"]
        if newer and expects:
            if expects != ["100-continue"]:
                raise Stop(417)
            if int(digits):
                self.wfile.write(b"HTTP/1.1 100 Go on\r\n\r\n")
        body = self.rfile.read(int(digits))
        if len(body) < int(digits):
            raise Stop()
        return body

    def answer(self, method, path, body, stays):
        allow = b""
        if path not in ("/", "/commands"):
            status, text = 404, "없음"
        elif method in ("GET", "HEAD"):
            with guard:
                text = "명령 서버입니다\n" if path == "/" else "".join(done[-100:])
            status = 200
        elif method == "POST" and path == "/commands":
            status, text = self.command(body)
        else:
            status, text = 405, ""
            allow = b"Allow: GET,HEAD" + (b",POST" if path != "/" else b"") + b"\r\n"
        text = text.encode()
        self.wfile.write(b"HTTP/1.1 %d OK\r\n" % status)
        self.wfile.write(b"Content-Type: text/plain; charset=UTF-8\r\n" + allow)
        if not stays:
            self.wfile.write(b"Connection: close\r\n")
        self.wfile.write(b"Content-Length: %d\r\n\r\n" % len(text))
        if method != "HEAD":
            self.wfile.write(text)

    def command(self, body):
        if body.endswith(b"\n"):
            body = body[:-1]
            if body.endswith(b"\r"):
                body = body[:-1]
        try:
            text = str(body, "utf-8")
        except ValueError:
            return 400, ""
        bad = any(c < " " or "\x7f" <= c <= "\x9f" for c in text)
        if bad or not 0 < len(body) < 201:
            return 400, ""
        with guard:
            print("명령:", text, flush=True)
            done.append(text + "\n")
        return 200, f"받았습니다: {text}\n"


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    request_queue_size = 100


host, _, port = (sys.argv + ["127.0.0.1:8080"])[1].rpartition(":")
with Server((host, int(port)), Connection) as server:
    print("서버가 시작되었습니다: {}:{} (Enter로 끝냅니다)".format(*server.server_address), flush=True)
    threading.Thread(target=lambda: sys.stdin.readline() and os._exit(0), daemon=True).start()
    server.serve_forever()
