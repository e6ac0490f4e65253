# Right: recv_into an anonymous mmap that is resized as it fills; poll before each non-blocking receive.
import mmap
import select
import socket
import sys


class Arena:
    def __init__(self):
        # private: a shared one does not grow beyond its first pages
        self.map = mmap.mmap(-1, mmap.PAGESIZE, mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
        self.used = 0

    def take_from(self, sock):
        if self.used == len(self.map):
            self.map.resize(2 * len(self.map))
        with memoryview(self.map) as whole, whole[self.used :] as room:
            count = sock.recv_into(room)
        self.used += count
        return count

    def close(self):
        self.map.close()


def receive(client, arena):
    client.setblocking(False)
    waiter = select.poll()
    waiter.register(client, select.POLLIN)
    while True:
        waiter.poll()
        try:
            if not arena.take_from(client):
                return
        except BlockingIOError:
            continue


def decoded(arena):
    try:
        return "메시지: " + str(arena.map[: arena.used], "utf-8")
    except UnicodeDecodeError as wrong:
        return f"UTF-8이 아닙니다: {wrong.start}바이트까지만 글자입니다"


def say(text):
    sys.stdout.buffer.write(text.encode() + b"\n")
    sys.stdout.buffer.flush()


def main():
    text = sys.argv[1] if sys.argv[1:] else "127.0.0.1:12345"
    host, _, port = text.rpartition(":")
    host = host.strip("[]")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    shape = "[%s]:%d" if family == socket.AF_INET6 else "%s:%d"
    try:
        door = socket.create_server((host, int(port)), family=family)
    except (OSError, ValueError, OverflowError) as error:
        sys.exit(f"오류: {text}: {error}")
    say("서버가 시작되었습니다: " + shape % door.getsockname()[:2])
    while True:
        client, _ = door.accept()
        arena = Arena()
        try:
            receive(client, arena)
            told = decoded(arena)
        except ConnectionResetError:
            told = "상대가 연결을 끊었습니다 (RST)"
        except OSError as error:
            told = f"받다가 오류가 났습니다: {error}"
        client.close()
        say(f"받은 바이트: {arena.used}")
        say(told)
        arena.close()


main()
