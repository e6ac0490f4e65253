"""레슨 17 threads: 손님마다 스레드를 두는 채팅 서버.
Lesson 17 threads: a chat server with threads for every client.
"""

import os
import queue
import socket
import sys
import threading
import time

NAME = 30
LINE = 1024
QUEUE = 10_000
PATIENCE = 2.0
# 제어 문자: 유니코드의 Cc. / Control characters: Cc of Unicode.
CONTROLS = dict.fromkeys([*range(0x20), *range(0x7F, 0xA0)])


class Refused(Exception):
    """받아들일 수 없습니다. / It is not accepted."""


class Member:
    """큐, 그리고 거기서 보내는 스레드. / A queue, and a thread that sends from it."""

    def __init__(self, client):
        self.client = client
        self.lines = queue.Queue(QUEUE)
        self.sending = threading.Thread(target=self.send, daemon=True)
        self.sending.start()

    def send(self):
        try:
            while (line := self.lines.get()) is not None:
                self.client.sendall(f"{line}\n".encode())
        except OSError:
            self.cut_off()

    def hear(self, line):
        try:
            self.lines.put_nowait(line)
        except queue.Full:
            self.cut_off()

    def cut_off(self):
        try:
            self.client.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass

    def part(self):
        """큐가 빈 다음, 남은 것을 읽어서 버립니다(레슨 08). / Drains the queue, then what still comes (lesson 08)."""
        deadline = time.monotonic() + PATIENCE
        self.hear(None)
        self.sending.join(PATIENCE)
        try:
            self.client.shutdown(socket.SHUT_WR)
            while (left := deadline - time.monotonic()) > 0:
                self.client.settimeout(left)
                if not self.client.recv(4096):
                    break
        except OSError:
            pass
        self.cut_off()


members = {}
lock = threading.Lock()
places = None


def next_client(listener):
    while True:
        try:
            return listener.accept()[0]
        except OSError as error:
            print(f"손님을 받지 못했습니다: {error}", file=sys.stderr)
            time.sleep(0.1)


# ANCHOR: serve_everyone
def serve_everyone(listener):
    while True:
        client = next_client(listener)
        if places.acquire(blocking=False):
            threading.Thread(target=serve, args=(client,), daemon=True).start()
        else:
            turn_away(client)
# ANCHOR_END: serve_everyone


# ANCHOR: join
def join(name, member):
    if not 0 < len(name.encode()) <= NAME or name.translate(CONTROLS) != name:
        raise Refused("쓸 수 없는 이름입니다")
    with lock:
        if name in members:
            raise Refused("이미 있는 이름입니다")
        count = len(members) + 1
        member.hear(f"환영합니다: {name} ({count}명)")
        tell_others(name, f"{name}님이 들어왔습니다")
        members[name] = member
        return count
# ANCHOR_END: join


# ANCHOR: tell_others
def tell_others(name, line):
    """lock을 가진 채로 부릅니다. / Called with the lock held."""
    for other, member in members.items():
        if other != name:
            member.hear(line)
# ANCHOR_END: tell_others


# ANCHOR: leave
def leave(name):
    with lock:
        del members[name]
        tell_others(name, f"{name}님이 나갔습니다")
        return len(members)
# ANCHOR_END: leave


def turn_away(client):
    print("돌려보냈습니다: 자리가 없습니다", flush=True)
    with client:
        try:
            client.sendall("자리가 없습니다\n".encode())
        except OSError:
            pass


def serve(client):
    try:
        with client, client.makefile("rb") as reader:
            member = Member(client)
            member.hear("이름을 알려 주세요")
            take_part(member, reader)
            member.part()
    finally:
        places.release()


def take_part(member, reader):
    try:
        name = next_line(reader)
        if name is None:
            print("이름 없이 나갔습니다", flush=True)
            return
        count = join(name, member)
    except Refused as why:
        print(f"돌려보냈습니다: {why}", flush=True)
        member.hear(str(why))
        return
    except OSError:
        print("이름 없이 나갔습니다", flush=True)
        return
    print(f"들어왔습니다: {name} ({count}명)", flush=True)
    try:
        hear(name, reader)
    except Refused as why:
        member.hear(str(why))
    except OSError:
        pass
    finally:
        count = leave(name)
        print(f"나갔습니다: {name} ({count}명)", flush=True)


def hear(name, reader):
    while (line := next_line(reader)) is not None:
        with lock:
            tell_others(name, f"{name}: {line.translate(CONTROLS)}")


def next_line(reader):
    """다음 줄, 줄 끝은 떼고. / The next line without its end."""
    line = reader.readline(LINE + 2)
    if not line:
        return None
    line = line.removesuffix(b"\n").removesuffix(b"\r")
    if len(line) > LINE:
        raise Refused("줄이 너무 깁니다")
    try:
        return line.decode()
    except UnicodeDecodeError:
        raise Refused("UTF-8이 아닙니다") from None


def end_on_enter():
    if sys.stdin.readline():
        os._exit(0)


def main():
    global places
    address = sys.argv[1] if len(sys.argv) > 1 else "127.0.0.1:12345"
    clients = sys.argv[2] if len(sys.argv) > 2 else "8"
    if not clients.isascii() or not clients.isdigit() or not 1 <= int(clients) <= 100_000:
        sys.exit("오류: 손님은 1명에서 100000명까지입니다")
    places = threading.Semaphore(int(clients))
    host, _, port = address.rpartition(":")
    try:
        listener = socket.create_server((host, int(port)))
    except (OSError, ValueError) as error:
        sys.exit(f"오류: {address}: {error}")
    host, port = listener.getsockname()
    print(f"서버가 시작되었습니다: {host}:{port} (Enter로 끝냅니다)", flush=True)
    threading.Thread(target=end_on_enter, daemon=True).start()
    serve_everyone(listener)


if __name__ == "__main__":
    main()
