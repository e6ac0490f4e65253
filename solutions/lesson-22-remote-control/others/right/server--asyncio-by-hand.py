# Right: asyncio on one thread: HTTP read by hand from streams, an event wakes whoever pushes, a page of its own.
import asyncio
import html
import ipaddress
import re
import sys

LIMIT = 8192


class State:
    def __init__(self):
        self.texts = {}
        self.last = self.done = self.sent = 0
        self.unity = None
        self.news = asyncio.Event()

    def accept(self, text):
        if self.last - self.done >= 100:
            return None
        self.last += 1
        self.texts[self.last] = text
        say(f"받았습니다: {self.last} {text}")
        self.news.set()
        return self.last

    def acknowledge(self, id):
        while self.done < id:
            self.done += 1
            say(f"전달했습니다: {self.done}")
        for old in [it for it in self.texts if it <= self.done - 100]:
            del self.texts[old]


def say(line):
    print(line, flush=True)


def is_allowed(fields, port):
    host = fields.get("host", "")
    match = re.fullmatch(r"(\[[^\]]*\]|[^:]*)(?::(\d+))?", host)
    if not match or int(match[2] or 80) != port:
        return False
    name = match[1].lower()
    if name != "localhost":
        try:
            ip = ipaddress.ip_address(name.strip("[]"))
        except ValueError:
            return False
        if (ip.version == 6) != name.startswith("["):
            return False
    return fields.get("origin", "http://" + host) == "http://" + host


def page(state):
    items = []
    for id in sorted(state.texts, reverse=True)[:10]:
        how = "완료" if id <= state.done else "대기"
        items.append(f"<li class=one><em>{id}</em> <b>{html.escape(state.texts[id])}</b> {how}</li>")
    return "<!doctype html><meta charset=utf-8><ul>" + "".join(items) + "</ul>"


def answer(state, port, method, target, fields, body):
    plain = "text/plain; charset=utf-8"
    if not is_allowed(fields, port):
        return 403, plain, "no\n", {}
    path, _, query = target.partition("?")
    one = re.fullmatch(r"/commands/(\d+)", path)
    if path == "/commands" and method == "POST":
        return post(state, body)
    if method not in ("GET", "HEAD"):
        return 405, plain, "no\n", {"Allow": "GET, HEAD"}
    if path == "/":
        return 200, "text/html; charset=utf-8", page(state), {}
    if path == "/commands":
        after = re.fullmatch(r"(?:after=(\d+))?", query)
        if not after:
            return 400, plain, "no\n", {}
        lines = [f"{id} {text}\n" for id, text in state.texts.items() if id > int(after[1] or 0)]
        return 200, plain, "".join(lines), {}
    if one and int(one[1]) in state.texts:
        return 200, plain, "done\n" if int(one[1]) <= state.done else "waiting\n", {}
    return 404, plain, "no\n", {}


def post(state, body):
    plain = "text/plain; charset=utf-8"
    body = re.sub(rb"\r?\n\Z", b"", body, count=1)
    try:
        text = body.decode()
    except UnicodeDecodeError:
        return 400, plain, "no\n", {}
    if not 1 <= len(body) <= 200 or re.search(r"[\x00-\x1f\x7f-\x9f]", text):
        return 400, plain, "no\n", {}
    id = state.accept(text)
    if id is None:
        return 503, plain, "full\n", {}
    return 202, plain, f"{id}\n", {"Location": f"/commands/{id}"}


async def phone(state, port, reader, writer):
    try:
        while await one_request(state, port, reader, writer):
            pass
    except (asyncio.IncompleteReadError, asyncio.LimitOverrunError, ConnectionError, ValueError):
        pass
    writer.close()


async def one_request(state, port, reader, writer):
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lstrip("\r\n")
    first, *lines = head.rstrip("\r\n").split("\r\n")
    method, target, _ = first.split(" ")
    fields = {}
    for line in lines:
        name, _, value = line.partition(":")
        fields[name.lower()] = value.strip()
    length = int(fields.get("content-length", "0"))
    if length > 1024:
        writer.write(b"HTTP/1.1 413 So\r\ncontent-length: 0\r\nconnection: close\r\n\r\n")
        await writer.drain()
    if not 0 <= length <= 1024 or "transfer-encoding" in fields:
        raise ValueError
    body = await reader.readexactly(length)
    status, kind, text, more = answer(state, port, method, target, fields, body)
    body = text.encode()
    reply = [f"HTTP/1.1 {status} So", f"content-type: {kind}", f"content-length: {len(body)}"]
    reply += [f"{name}: {value}" for name, value in more.items()]
    writer.write("\r\n".join(reply).encode() + b"\r\n\r\n" + (b"" if method == "HEAD" else body))
    await writer.drain()
    return "close" not in fields.get("connection", "").lower()


async def next_frame(reader):
    try:
        header = await reader.readexactly(4)
    except asyncio.IncompleteReadError:
        return None
    length = int.from_bytes(header, "big")
    if length > 1024:
        raise ValueError
    return (await reader.readexactly(length)).decode()


def send(writer, text):
    body = text.encode()
    writer.write(len(body).to_bytes(4, "big") + body)


async def push(state, writer):
    while state.unity is writer:
        state.news.clear()
        while state.unity is writer and state.sent < state.last:
            state.sent += 1
            send(writer, f"{state.sent} {state.texts[state.sent]}")
            await writer.drain()
        await state.news.wait()


async def unity(state, reader, writer):
    pushing = None
    try:
        hello = re.fullmatch(r"last (\d+)", await next_frame(reader) or "")
        if hello:
            last = int(hello[1])
            before, state.unity = state.unity, writer
            say("유니티가 바뀌었습니다" if before else "유니티가 연결되었습니다")
            if before:
                before.transport.abort() if before.transport.get_write_buffer_size() else before.close()
            after = last if last <= state.last else 0
            state.acknowledge(after)
            state.sent = state.done
            send(writer, f"after {after}")
            state.news.set()
            pushing = asyncio.ensure_future(push(state, writer))
            while (frame := await next_frame(reader)) is not None:
                done = re.fullmatch(r"done (\d+)", frame)
                if not done or int(done[1]) > state.sent or state.unity is not writer:
                    break
                state.acknowledge(int(done[1]))
    except (asyncio.IncompleteReadError, ConnectionError, ValueError):
        pass
    if state.unity is writer:
        state.unity = None
        say("유니티가 떠났습니다")
    if pushing:
        pushing.cancel()
    writer.close()


async def main():
    addresses = sys.argv[1:] + ["127.0.0.1:8080", "127.0.0.1:9090"][len(sys.argv) - 1 :]
    (host, port), (door, number) = [it.rsplit(":", 1) for it in addresses[:2]]
    state = State()
    bound = {}
    phones = await asyncio.start_server(
        lambda r, w: phone(state, bound["port"], r, w), host, int(port), limit=LIMIT
    )
    unities = await asyncio.start_server(lambda r, w: unity(state, r, w), door, int(number))
    names = [it.sockets[0].getsockname() for it in (phones, unities)]
    bound["port"] = names[0][1]
    say("휴대폰을 기다립니다: {}:{}".format(*names[0]))
    say("유니티를 기다립니다: {}:{} (Enter로 끝냅니다)".format(*names[1]))
    loop = asyncio.get_running_loop()
    line = await loop.run_in_executor(None, sys.stdin.readline)
    if not line:
        await asyncio.Event().wait()


try:
    asyncio.run(main())
except OSError as error:
    sys.exit(f"오류: {error}")
