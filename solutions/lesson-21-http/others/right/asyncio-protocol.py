# Right: asyncio's Protocol: bytes are pushed into a generator that asks for lines and counts, one for each connection.
import asyncio
import collections
import os
import re
import sys
import threading

TOKEN = re.compile(r"[!#$%&'*+.^_`|~\w-]+", re.ASCII)
kept = collections.deque(maxlen=100)


class Refused(Exception):
    pass


def need(condition, status=400):
    if not condition:
        raise Refused(status)


class Web(asyncio.Protocol):
    def connection_made(self, transport):
        self.transport = transport
        self.buffer = b""
        self.done = False
        self.wanted = None
        self.talk = self.conversation()
        self.go_on(None)

    def data_received(self, data):
        if not self.done:
            self.buffer += data
            self.feed()

    def feed(self):
        while not self.done:
            try:
                got = self.wanted(self.buffer)
            except Refused as refused:
                self.say(refused.args[0], "", ["Connection: close"])
                return self.finish()
            if got is None:
                return
            taken, self.buffer = self.buffer[:got], self.buffer[got:]
            self.go_on(taken)

    def go_on(self, taken):
        try:
            self.wanted = self.talk.send(taken)
        except StopIteration:
            self.finish()
        except Refused as refused:
            self.say(refused.args[0], "", ["Connection: close"])
            self.finish()

    def finish(self):
        self.done = True
        self.transport.write_eof()
        asyncio.get_running_loop().call_later(1.5, self.transport.close)

    def eof_received(self):
        if self.done:
            return False
        self.done = True
        return False

    def say(self, status, text, fields=(), with_body=True):
        body = text.encode()
        lines = [f"HTTP/1.1 {status} X", f"content-length: {len(body)}", *fields]
        lines.append("content-type: text/plain; charset=utf-8")
        head = "\r\n".join(lines) + "\r\n\r\n"
        self.transport.write(head.encode() + (body if with_body else b""))

    def conversation(self):
        goes_on = True
        while goes_on:
            head = yield whole_head
            if not head.strip(b"\r\n"):
                continue
            goes_on = yield from self.request(head)

    def request(self, head):
        lines = [it.removesuffix("\r") for it in head.decode("latin-1").split("\n")][:-2]
        need(not any(re.search(r"[\0-\x08\x0a-\x1f\x7f]", it) for it in lines))
        words = lines[0].split(" ")
        need(len(words) == 3 and TOKEN.fullmatch(words[0]) and words[1])
        need(re.fullmatch(r"HTTP/[0-9]\.[0-9]", words[2]))
        need(words[2][5] == "1", 505)
        newer = words[2][7] > "0"
        fields = [it.partition(":") for it in lines[1:]]
        need(all(colon and TOKEN.fullmatch(name) for name, colon, _ in fields))
        fields = [(name.lower(), value.strip(" \t")) for name, _, value in fields]
        every = lambda name: [value for key, value in fields if key == name]
        need(not newer or len(every("host")) == 1)
        lengths = every("content-length")
        need(len(lengths) < 2 and all(re.fullmatch("[0-9]{1,99}", it) for it in lengths))
        need(not (lengths and every("transfer-encoding")))
        need(not every("transfer-encoding"), 501)
        length = int(lengths[0]) if lengths else 0
        need(length < 2**64)
        need(length <= 1024, 413)
        expects = every("expect") if newer else []
        need(not expects or [it.lower() for it in expects] == ["100-continue"], 417)
        if expects and length > len(self.buffer):
            self.transport.write(b"HTTP/1.1 100 Continue\r\n\r\n")
        body = yield lambda buffer: length if len(buffer) >= length else None
        closes = "close" in [it.strip().lower() for it in ",".join(every("connection")).split(",")]
        goes_on = newer and not closes
        self.answer(words[0], words[1], body, goes_on)
        return goes_on

    def answer(self, method, target, body, goes_on):
        path = target if target[:1] == "/" else re.sub(r"^\w+://[^/?]*", "", target)
        path = path.partition("?")[0] or "/"
        methods = {"/": "HEAD, GET", "/commands": "POST, GET, HEAD"}.get(path)
        fields = [] if goes_on else ["Connection: Close"]
        if methods is None:
            status, text = 404, "nothing here"
        elif method not in methods.split(", "):
            status, text = 405, "not so"
            fields.append(f"Allow: {methods}")
        elif path == "/":
            status, text = 200, "명령 서버입니다\n"
        elif method == "POST":
            status, text = command(body)
        else:
            status, text = 200, "".join(it + "\n" for it in kept)
        self.say(status, text, fields, method != "HEAD")


def whole_head(buffer):
    if re.match(rb"\r?\n", buffer):
        return buffer.index(b"\n") + 1
    end = re.search(rb"\n\r?\n", buffer)
    need((end.end() if end else len(buffer) + 1) <= 8192, 431)
    return end.end() if end else None


def command(body):
    for end in (b"\r\n", b"\n"):
        if body.endswith(end):
            body = body.removesuffix(end)
            break
    try:
        text = body.decode()
    except UnicodeError:
        return 400, "no"
    if not 1 <= len(body) <= 200 or any(ord(it) < 32 or 127 <= ord(it) < 160 for it in text):
        return 400, "no"
    print("명령: " + text, flush=True)
    kept.append(text)
    return 200, f"받았습니다: {text}\n"


def enter():
    if sys.stdin.readline():
        os._exit(0)


async def main():
    host, _, port = (sys.argv[1:] or ["127.0.0.1:8080"])[0].rpartition(":")
    loop = asyncio.get_running_loop()
    server = await loop.create_server(Web, host, int(port))
    print("서버가 시작되었습니다: %s:%d (Enter로 끝냅니다)" % server.sockets[0].getsockname()[:2], flush=True)
    threading.Thread(target=enter, daemon=True).start()
    await server.serve_forever()


asyncio.run(main())
