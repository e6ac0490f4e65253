"""레슨 22 remote-control: 휴대폰의 명령을 유니티에 전하는 서버.
Lesson 22 remote-control: a server that passes a phone's commands on to Unity.
"""

import http.server
import ipaddress
import os
import pathlib
import socket
import sys
import threading
import time
import unicodedata
from collections import deque

from frames import Rubbish, number, number_after, read_frame, send_frame

COMMAND = 200
BODY = 1024
WAITING = 100
DONE = 100
SHOWN = 10
PAGE = (pathlib.Path(__file__).parent.parent / "src/page.html").read_text(encoding="utf-8")


class State:
    """commands에는 (번호, 글)이, 기다리는 것 앞에는 다 한 것이 있습니다. / Pairs of ID and text; what is done comes first."""

    def __init__(self):
        self.commands = deque()
        self.last = 0
        self.done = 0
        self.sent = 0
        self.unity = None

    def waiting(self):
        return self.last - self.done

    def acknowledge(self, id):
        for done in range(self.done + 1, id + 1):
            print(f"전달했습니다: {done}", flush=True)
        self.done = max(self.done, id)
        while len(self.commands) > self.waiting() + DONE:
            self.commands.popleft()


state = State()
# 잠금, 그리고 변화를 기다리는 곳. / The lock, and where changes are waited for.
changed = threading.Condition()


# ANCHOR: accept
def accept(text):
    with changed:
        if state.waiting() >= WAITING:
            return None
        state.last += 1
        print(f"받았습니다: {state.last} {text}", flush=True)
        state.commands.append((state.last, text))
        changed.notify_all()
        return state.last
# ANCHOR_END: accept


# ANCHOR: escaped
def escaped(text):
    for character, written in [("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;"), ("'", "&#39;")]:
        text = text.replace(character, written)
    return text
# ANCHOR_END: escaped


# ANCHOR: is_allowed
def is_allowed(headers, port):
    host = headers.get("Host", "")
    name, given = name_and_port(host)
    is_ours = given == str(port) and (name.lower() == "localhost" or is_ip(name))
    return is_ours and headers.get("Origin", f"http://{host}") == f"http://{host}"
# ANCHOR_END: is_allowed


# ANCHOR: take_place
def take_place(unity, last):
    with changed:
        before, state.unity = state.unity, unity
        if before is None:
            print("유니티가 연결되었습니다", flush=True)
        else:
            print("유니티가 바뀌었습니다", flush=True)
            shut_down(before)
        after = last if last <= state.last else 0
        state.acknowledge(after)
        state.sent = state.done
        changed.notify_all()
        return after
# ANCHOR_END: take_place


# ANCHOR: push
def push(unity):
    def can_go_on():
        return state.unity is not unity or state.sent < state.last

    while True:
        with changed:
            changed.wait_for(can_go_on)
            if state.unity is not unity:
                return
            state.sent += 1
            text = dict(state.commands)[state.sent]
            frame = f"{state.sent} {text}"
        try:
            send_frame(unity, frame)
        except OSError:
            return
# ANCHOR_END: push


def name_and_port(host):
    name, colon, port = host.rpartition(":")
    return (name, port) if colon and not port.endswith("]") else (host, "80")


def is_ip(name):
    try:
        if name.startswith("[") and name.endswith("]"):
            ipaddress.IPv6Address(name[1:-1])
        else:
            ipaddress.IPv4Address(name)
    except ValueError:
        return False
    return True


def shut_down(stream):
    try:
        stream.shutdown(socket.SHUT_RDWR)
    except OSError:
        pass


def command_in(body):
    text = body.removesuffix(b"\n").removesuffix(b"\r")
    try:
        decoded = text.decode()
    except UnicodeDecodeError:
        return None
    fits = 1 <= len(text) <= COMMAND and all(unicodedata.category(it) != "Cc" for it in decoded)
    return decoded if fits else None


def page():
    items = ""
    with changed:
        for id, text in list(reversed(state.commands))[:SHOWN]:
            text, how = escaped(text), "대기" if id > state.done else "완료"
            items += f'<li><button data-command="{text}">{id} {text}</button> <span>{how}</span></li>\n'
    return PAGE.replace("{commands}", items)


class Phone(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = -1

    def do_GET(self):
        body = self.body()
        if body is not None and self.is_let_in():
            self.get()

    do_HEAD = do_GET

    def do_POST(self):
        body = self.body()
        if body is None or not self.is_let_in():
            return
        if self.path.partition("?")[0] != "/commands":
            return self.other_method()
        text = command_in(body)
        id = None if text is None else accept(text)
        if text is None:
            self.answer(400, "쓸 수 없는 명령입니다\n")
        elif id is None:
            self.answer(503, "너무 많은 명령이 기다립니다\n")
        else:
            self.answer(202, f"{id}\n", Location=f"/commands/{id}")

    def do_PUT(self):
        body = self.body()
        if body is not None and self.is_let_in():
            self.other_method()

    do_DELETE = do_PATCH = do_OPTIONS = do_PUT

    def get(self):
        path, _, query = self.path.partition("?")
        if path == "/":
            self.answer(200, page(), kind="text/html")
        elif path == "/commands":
            self.list(query)
        elif (id := self.command_at(path)) is not None:
            with changed:
                is_done = id <= state.done
            self.answer(200, "done\n" if is_done else "waiting\n")
        else:
            self.answer(404, "없습니다\n")

    def list(self, query):
        try:
            after = number(query.removeprefix("after=")) if query else 0
        except Rubbish:
            return self.answer(400, "after=번호가 아닙니다\n")
        with changed:
            lines = [f"{id} {text}\n" for id, text in state.commands if id > after]
        self.answer(200, "".join(lines))

    def command_at(self, path):
        try:
            id = number(path.removeprefix("/commands/"))
        except Rubbish:
            return None
        with changed:
            return id if id in dict(state.commands) else None

    def other_method(self):
        path = self.path.partition("?")[0]
        if path == "/" or self.command_at(path) is not None:
            self.answer(405, "할 수 없는 요청입니다\n", Allow="GET, HEAD")
        elif path == "/commands":
            self.answer(405, "할 수 없는 요청입니다\n", Allow="GET, HEAD, POST")
        else:
            self.answer(404, "없습니다\n")

    def body(self):
        """다 받은 본문. 길이를 믿을 수 없으면 거부하고 None. / The whole body; None where it was refused."""
        lengths = self.headers.get_all("Content-Length", [])
        is_encoded = "Transfer-Encoding" in self.headers
        if is_encoded or lengths:
            if len(lengths) > 1 or is_encoded and lengths:
                return self.refuse(400)
            if is_encoded:
                return self.refuse(501)
            if not (lengths[0].isascii() and lengths[0].isdigit()):
                return self.refuse(400)
            if int(lengths[0]) > BODY:
                return self.refuse(413)
        length = int(lengths[0]) if lengths else 0
        body = self.rfile.read(length)
        if len(body) < length:
            self.close_connection = True
            return None
        return body

    def refuse(self, status):
        self.close_connection = True
        self.answer(status, f"{status}\n", Connection="close")

    def is_let_in(self):
        if is_allowed(self.headers, self.server.server_address[1]):
            return True
        self.answer(403, "이 서버의 페이지에서 보낸 요청이 아닙니다\n")
        return False

    def answer(self, status, text, kind="text/plain", **fields):
        body = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        for name, value in fields.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, *_):
        pass


def serve_unity(unity):
    with unity, unity.makefile("rb") as reader:
        try:
            hear(unity, reader)
        except (OSError, Rubbish) as error:
            print(f"유니티와의 연결이 끝났습니다: {error}", file=sys.stderr)
        with changed:
            if state.unity is unity:
                state.unity = None
                print("유니티가 떠났습니다", flush=True)
                changed.notify_all()
        shut_down(unity)


def hear(unity, reader):
    first = read_frame(reader)
    if first is None:
        return
    after = take_place(unity, number_after("last ", first))
    send_frame(unity, f"after {after}")
    threading.Thread(target=push, args=(unity,), daemon=True).start()
    while (frame := read_frame(reader)) is not None:
        id = number_after("done ", frame)
        with changed:
            if state.unity is not unity or id > state.sent:
                raise Rubbish("보낸 적이 없는 번호입니다")
            state.acknowledge(id)


def serve_unities(listener):
    while True:
        try:
            unity, _ = listener.accept()
        except OSError as error:
            print(f"연결을 받지 못했습니다: {error}", file=sys.stderr)
            time.sleep(0.1)
            continue
        threading.Thread(target=serve_unity, args=(unity,), daemon=True).start()


def end_on_enter():
    if sys.stdin.readline():
        os._exit(0)


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128


def address_of(index, default):
    host, _, port = (sys.argv[index] if len(sys.argv) > index else default).rpartition(":")
    return host, int(port)


def main():
    try:
        phones = Server(address_of(1, "127.0.0.1:8080"), Phone)
        unities = socket.create_server(address_of(2, "127.0.0.1:9090"))
    except (OSError, ValueError) as error:
        sys.exit(f"오류: {error}")
    print("휴대폰을 기다립니다: {}:{}".format(*phones.server_address), flush=True)
    print("유니티를 기다립니다: {}:{} (Enter로 끝냅니다)".format(*unities.getsockname()), flush=True)
    threading.Thread(target=end_on_enter, daemon=True).start()
    threading.Thread(target=serve_unities, args=(unities,), daemon=True).start()
    phones.serve_forever()


if __name__ == "__main__":
    main()
