"""레슨 19 poll: 스레드 하나로 모두를 맡는 채팅 서버.
Lesson 19 poll: the chat server, with everybody on one thread.
"""

import collections
import selectors
import socket
import sys
import threading
import time

NAME = 30
LINE = 1024
QUEUE = 10_000
PATIENCE = 2.0
REST = 0.1
# 제어 문자: 유니코드의 Cc. / Control characters: Cc of Unicode.
CONTROLS = dict.fromkeys([*range(0x20), *range(0x7F, 0xA0)])


class Refused(Exception):
    """받아들일 수 없습니다. / It is not accepted."""


class Finished(Exception):
    """FIN이 왔습니다. / FIN has come."""


class Client:
    def __init__(self, stream):
        self.stream = stream
        self.name = None
        self.parting = None
        self.received = b""
        self.waiting = collections.deque()
        self.events = selectors.EVENT_READ

    def put(self, line):
        self.waiting.append(f"{line}\n".encode())

    def next_line(self):
        line, newline, rest = self.received.partition(b"\n")
        if newline:
            self.received = rest
            return text(line)
        if len(line) > LINE + 1:
            raise Refused("줄이 너무 깁니다")
        return None


selector = selectors.DefaultSelector()
clients = set()
gone = []
accept_at = None


# ANCHOR: run_until_enter
def run_until_enter(listener, most):
    woken, wakes = socket.socketpair()
    selector.register(woken, selectors.EVENT_READ)
    threading.Thread(target=wake_on_enter, args=(wakes,), daemon=True).start()
    while True:
        for key, _ in selector.select(time_left()):
            if key.fileobj is listener:
                accept_all(listener, most)
            elif key.fileobj is woken:
                return
            elif key.data in clients:
                serve(key.data)
        wait_no_longer(listener)
# ANCHOR_END: run_until_enter


# ANCHOR: accept_all
def accept_all(listener, most):
    while True:
        try:
            stream, _ = listener.accept()
        except BlockingIOError:
            return
        except OSError as error:
            accept_later(listener, error)
            return
        stream.setblocking(False)
        if len(clients) == most:
            turn_away(stream)
            continue
        client = Client(stream)
        try:
            selector.register(stream, client.events, client)
        except OSError as error:
            print(f"손님을 등록하지 못했습니다: {error}", file=sys.stderr)
            stream.close()
            continue
        clients.add(client)
        client.put("이름을 알려 주세요")
        send_or_learn_why_not(client)
# ANCHOR_END: accept_all


# ANCHOR: read_all
def read_all(client):
    while True:
        try:
            chunk = client.stream.recv(4096)
        except BlockingIOError:
            return
        if not chunk:
            if client.received:
                hear(client, text(client.received))
            raise Finished
        client.received += chunk
        while (line := client.next_line()) is not None:
            hear(client, line)
# ANCHOR_END: read_all


# ANCHOR: tell_others
def tell_others(speaker, line):
    for client in list(clients):
        if client is speaker or client.name is None:
            continue
        client.put(line)
        try:
            send_waiting(client)
            failed = len(client.waiting) > QUEUE
        except OSError:
            failed = True
        if failed:
            clients.discard(client)
            gone.append(client)
# ANCHOR_END: tell_others


# ANCHOR: send_waiting
def send_waiting(client):
    while client.waiting:
        line = client.waiting.popleft()
        try:
            sent = client.stream.send(line)
        except BlockingIOError:
            sent = 0
        if sent < len(line):
            client.waiting.appendleft(line[sent:])
        if sent == 0:
            break
    events = selectors.EVENT_READ
    if client.waiting:
        events |= selectors.EVENT_WRITE
    if events != client.events:
        selector.modify(client.stream, events, client)
        client.events = events
# ANCHOR_END: send_waiting


# ANCHOR: forget
def forget(client, ended):
    clients.discard(client)
    name, client.name = client.name, None
    if name is not None:
        print(f"나갔습니다: {name} ({members()}명)", flush=True)
        tell_others(client, f"{name}님이 나갔습니다")
    elif isinstance(ended, Refused):
        print(f"돌려보냈습니다: {ended}", flush=True)
    else:
        print("이름 없이 나갔습니다", flush=True)
    if isinstance(ended, Refused):
        client.put(ended)
    if isinstance(ended, OSError):
        close(client)
    else:
        part(client)
# ANCHOR_END: forget


def serve(client):
    if client.parting is not None:
        part(client)
        return
    send_or_learn_why_not(client)
    try:
        read_all(client)
    except (Refused, Finished, OSError) as ended:
        forget(client, ended)
    while gone:
        forget(gone.pop(), OSError())


def send_or_learn_why_not(client):
    """보내지 못했으면, 연결이 끝난 것을 곧 recv로 압니다. / Where it fails, recv will soon tell that the connection has ended."""
    try:
        send_waiting(client)
    except OSError:
        pass


def hear(client, line):
    if client.name is None:
        join(client, line)
    else:
        tell_others(client, f"{client.name}: {line.translate(CONTROLS)}")


def join(client, name):
    if not 0 < len(name.encode()) <= NAME or name.translate(CONTROLS) != name:
        raise Refused("쓸 수 없는 이름입니다")
    if any(other.name == name for other in clients):
        raise Refused("이미 있는 이름입니다")
    client.name = name
    print(f"들어왔습니다: {name} ({members()}명)", flush=True)
    client.put(f"환영합니다: {name} ({members()}명)")
    send_or_learn_why_not(client)
    tell_others(client, f"{name}님이 들어왔습니다")


def members():
    return sum(client.name is not None for client in clients)


def part(client):
    """남은 줄, FIN, 그리고 오는 것은 버립니다(레슨 08). / What is left, FIN, and what comes is dropped (lesson 08)."""
    if client.parting is None:
        client.parting = time.monotonic() + PATIENCE
    clients.add(client)
    try:
        send_waiting(client)
        if client.waiting:
            return
        client.stream.shutdown(socket.SHUT_WR)
        while client.stream.recv(4096):
            pass
    except BlockingIOError:
        return
    except OSError:
        pass
    close(client)


def close(client):
    clients.discard(client)
    selector.unregister(client.stream)
    client.stream.close()


def time_left():
    ends = [client.parting for client in clients if client.parting is not None]
    if accept_at is not None:
        ends.append(accept_at)
    return max(0, min(ends) - time.monotonic()) if ends else None


def accept_later(listener, error):
    """selectors는 준비된 동안 거듭 알리므로, 쉬는 동안은 등록을 풉니다.
    selectors tells again as long as it is ready: not registered, it rests.
    """
    global accept_at
    print(f"손님을 받지 못했습니다: {error}", file=sys.stderr)
    selector.unregister(listener)
    accept_at = time.monotonic() + REST


def wait_no_longer(listener):
    global accept_at
    now = time.monotonic()
    for client in list(clients):
        if client.parting is not None and client.parting <= now:
            close(client)
    if accept_at is not None and accept_at <= now:
        accept_at = None
        selector.register(listener, selectors.EVENT_READ)


def text(line):
    line = line.removesuffix(b"\r")
    if len(line) > LINE:
        raise Refused("줄이 너무 깁니다")
    try:
        return line.decode()
    except UnicodeDecodeError:
        raise Refused("UTF-8이 아닙니다") from None


def turn_away(stream):
    print("돌려보냈습니다: 자리가 없습니다", flush=True)
    with stream:
        try:
            stream.send("자리가 없습니다\n".encode())
        except OSError:
            pass


def wake_on_enter(wakes):
    if sys.stdin.readline():
        wakes.send(b"!")


def main():
    address = sys.argv[1] if len(sys.argv) > 1 else "127.0.0.1:12345"
    most = sys.argv[2] if len(sys.argv) > 2 else "8"
    if not (most.isascii() and most.isdigit() and 1 <= int(most) <= 100_000):
        sys.exit("오류: 손님은 1명에서 100000명까지입니다")
    host, _, port = address.rpartition(":")
    try:
        listener = socket.create_server((host, int(port)))
    except (OSError, ValueError) as error:
        sys.exit(f"오류: {error}")
    listener.setblocking(False)
    selector.register(listener, selectors.EVENT_READ)
    host, port = listener.getsockname()
    print(f"서버가 시작되었습니다: {host}:{port} (Enter로 끝냅니다)", flush=True)
    run_until_enter(listener, int(most))


if __name__ == "__main__":
    main()
