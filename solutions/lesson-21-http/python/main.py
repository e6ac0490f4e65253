# 레슨 21 http: HTTP/1.1을 직접 읽고 쓰는 명령 서버.
# Lesson 21 http: a command server that reads and writes HTTP/1.1 by hand.

import collections
import os
import re
import socket
import sys
import threading
import time

DEFAULT_ADDRESS = "127.0.0.1:8080"
# 빈 줄까지 친 헤드도, 본문도 이보다 길 수 없습니다(바이트).
# No head with its empty line, and no body, may be longer (bytes).
HEAD = 8192
BODY = 1024
# 명령은 줄 끝을 빼고 이보다 길 수 없고, 이만큼까지 기억합니다.
# The longest command, without its end, and how many are kept.
COMMAND = 200
KEPT = 100
# 떠나는 손님을 기다려 주는 시간(초). / How long a client may take to leave, in seconds.
PATIENCE = 2

TOKEN = re.compile(r"[!#$%&'*+\-.^_`|~0-9A-Za-z]+")
METHODS = {"/": "GET, HEAD", "/commands": "GET, HEAD, POST"}

commands = collections.deque(maxlen=KEPT)
commands_lock = threading.Lock()


class Refused(Exception):
    """이 상태 코드로 답하고 닫습니다. / Answered by this status, and the connection closed."""


class Gone(Exception):
    """손님이 끝냈거나 끊었습니다. / The client has ended, or broken off."""


class Client:
    """손님 한 명. 읽었고 아직 쓰지 않은 바이트도 함께. / With what was read and not used yet."""

    def __init__(self, connection):
        self.connection = connection
        self.unread = bytearray()

    def read_more(self):
        data = self.connection.recv(4096)
        if not data:
            raise Gone
        self.unread += data

    def take(self, count):
        taken = bytes(self.unread[:count])
        del self.unread[:count]
        return taken


# ANCHOR: read_head
def read_head(client):
    while True:
        while client.unread.startswith((b"\n", b"\r\n")):
            del client.unread[: client.unread.index(b"\n") + 1]
        end = re.search(rb"\n\r?\n", client.unread)
        length = end.end() if end else len(client.unread)
        if length > HEAD or not end and length == HEAD:
            raise Refused("431 Request Header Fields Too Large")
        if end:
            return client.take(length)
        client.read_more()
# ANCHOR_END: read_head


def lines_of(head):
    lines = head.decode("latin-1").split("\n")
    lines = [line.removesuffix("\r") for line in lines if line not in ("", "\r")]
    if any(re.search(r"[\0-\x08\x0a-\x1f\x7f]", line) for line in lines):
        raise Refused("400 Bad Request")
    return lines


# ANCHOR: request_line
def request_line(line):
    words = line.split(" ")
    if len(words) != 3 or not TOKEN.fullmatch(words[0]) or not words[1] or "\t" in words[1]:
        raise Refused("400 Bad Request")
    method, target, version = words
    number = re.fullmatch(r"HTTP/([0-9])\.([0-9])", version)
    if not number:
        raise Refused("400 Bad Request")
    if number[1] != "1":
        raise Refused("505 HTTP Version Not Supported")
    return method, path_of(target), number[2] != "0"
# ANCHOR_END: request_line


def path_of(target):
    path = target.split("?")[0]
    absolute = re.match(r"[A-Za-z][A-Za-z0-9+.\-]*://[^/]*(.*)", path)
    return absolute[1] or "/" if absolute else path


# ANCHOR: fields_of
def fields_of(lines, is_newer):
    fields = {}
    for line in lines:
        name, colon, value = line.partition(":")
        if not colon or not TOKEN.fullmatch(name):
            raise Refused("400 Bad Request")
        fields.setdefault(name.lower(), []).append(value.strip(" \t"))
    hosts = len(fields.get("host", []))
    if hosts > 1 or is_newer and hosts == 0:
        raise Refused("400 Bad Request")
    return fields
# ANCHOR_END: fields_of


# ANCHOR: body_length
def body_length(fields):
    lengths = fields.get("content-length", [])
    if "transfer-encoding" in fields:
        raise Refused("400 Bad Request" if lengths else "501 Not Implemented")
    if not lengths:
        return 0
    # int()는 "+5"도, "٥"도 받습니다. / int() takes "+5" as well, and "٥".
    if len(lengths) > 1 or not re.fullmatch(r"[0-9]+", lengths[0]):
        raise Refused("400 Bad Request")
    # int()는 아주 긴 수를 받지 않습니다. / int() does not take a very long number.
    digits = lengths[0].lstrip("0") or "0"
    if len(digits) > 20 or int(digits) >= 2**64:
        raise Refused("400 Bad Request")
    if int(digits) > BODY:
        raise Refused("413 Content Too Large")
    return int(digits)
# ANCHOR_END: body_length


def asks_first(fields):
    expect = fields.get("expect", [])
    if expect and (len(expect) > 1 or expect[0].lower() != "100-continue"):
        raise Refused("417 Expectation Failed")
    return bool(expect)


# ANCHOR: read_body
def read_body(client, length, is_asked):
    if is_asked and len(client.unread) < length:
        client.connection.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")
    while len(client.unread) < length:
        client.read_more()
    return client.take(length)
# ANCHOR_END: read_body


def answer_to(method, path, body):
    if path not in METHODS:
        return "404 Not Found", "없는 경로입니다\n"
    if method not in METHODS[path].split(", "):
        return "405 Method Not Allowed", "쓸 수 없는 메서드입니다\n"
    if path == "/":
        return "200 OK", "명령 서버입니다\n"
    if method == "POST":
        return accept(body)
    with commands_lock:
        return "200 OK", "".join(f"{command}\n" for command in commands)


def accept(body):
    body = body.removesuffix(b"\n").removesuffix(b"\r") if body.endswith(b"\n") else body
    try:
        command = body.decode("utf-8")
    except UnicodeDecodeError:
        return "400 Bad Request", "명령이 아닙니다\n"
    if not 1 <= len(body) <= COMMAND or re.search(r"[\0-\x1f\x7f-\x9f]", command):
        return "400 Bad Request", "명령이 아닙니다\n"
    with commands_lock:
        print(f"명령: {command}", flush=True)
        commands.append(command)
    return "200 OK", f"받았습니다: {command}\n"


# ANCHOR: send_answer
def send_answer(client, method, path, status, text, goes_on):
    body = text.encode()
    head = [
        f"HTTP/1.1 {status}",
        f"Content-Length: {len(body)}",
        "Content-Type: text/plain; charset=utf-8",
    ]
    if status.startswith("405"):
        head.append(f"Allow: {METHODS[path]}")
    if not goes_on:
        head.append("Connection: close")
    head = "".join(f"{line}\r\n" for line in head) + "\r\n"
    client.connection.sendall(head.encode() + (b"" if method == "HEAD" else body))
# ANCHOR_END: send_answer


def answer_requests(client):
    goes_on = True
    while goes_on:
        lines = lines_of(read_head(client))
        method, path, is_newer = request_line(lines[0])
        fields = fields_of(lines[1:], is_newer)
        length = body_length(fields)
        is_asked = is_newer and asks_first(fields)
        body = read_body(client, length, is_asked)
        words = ",".join(fields.get("connection", [])).lower().split(",")
        goes_on = is_newer and "close" not in [word.strip() for word in words]
        status, text = answer_to(method, path, body)
        send_answer(client, method, path, status, text, goes_on)


def serve(connection):
    with connection:
        try:
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            client = Client(connection)
            try:
                answer_requests(client)
            except Refused as refused:
                rest = "Content-Length: 0\r\nConnection: close\r\n\r\n"
                connection.sendall(f"HTTP/1.1 {refused}\r\n{rest}".encode())
            except Gone:
                pass
            part(connection)
        except OSError:
            pass


def part(connection):
    """더 보낼 것이 없다고 알리고, 남은 것을 읽어서 버립니다. / Ends, and throws away what still comes."""
    connection.shutdown(socket.SHUT_WR)
    connection.settimeout(PATIENCE)
    deadline = time.monotonic() + PATIENCE
    while connection.recv(4096) and time.monotonic() < deadline:
        pass


def end_on_enter():
    if sys.stdin.readline():
        os._exit(0)


def main():
    address = sys.argv[1] if len(sys.argv) > 1 else DEFAULT_ADDRESS
    host, _, port = address.rpartition(":")
    server = socket.create_server((host, int(port)))
    host, port = server.getsockname()
    print(f"서버가 시작되었습니다: {host}:{port} (Enter로 끝냅니다)", flush=True)
    threading.Thread(target=end_on_enter, daemon=True).start()
    while True:
        try:
            connection, _ = server.accept()
        except OSError as error:
            print(f"손님을 받지 못했습니다: {error}", file=sys.stderr)
            time.sleep(0.1)
            continue
        threading.Thread(target=serve, args=(connection,), daemon=True).start()


if __name__ == "__main__":
    main()
