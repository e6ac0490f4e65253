# Right: everything is non-blocking; one-shot epoll registrations wake it, sendmsg gathers the greeting, recvmsg_into takes the rest.
import select
import socket
import sys

PIECES = [syllable.encode() for syllable in "반갑습니다"]


class Waiter:
    def __init__(self):
        self.epoll = select.epoll()

    def until(self, sock, what):
        self.epoll.register(sock, what | select.EPOLLONESHOT)
        try:
            while not self.epoll.poll():
                pass
        finally:
            self.epoll.unregister(sock)


def greet(client, waiter):
    rest = list(PIECES)
    while rest:
        try:
            sent = client.sendmsg(rest)
        except BlockingIOError:
            waiter.until(client, select.EPOLLOUT)
            continue
        while rest and sent >= len(rest[0]):
            sent -= len(rest.pop(0))
        if sent:
            rest[0] = rest[0][sent:]


def stay(client, waiter):
    first, second = bytearray(7), bytearray(500)
    while True:
        try:
            if client.recvmsg_into([first, second])[0] == 0:
                return
        except BlockingIOError:
            waiter.until(client, select.EPOLLIN)


def written(name):
    return ("[%s]:%d" if len(name) == 4 else "%s:%d") % name[:2]


def main():
    place = sys.argv[1] if len(sys.argv) > 1 else "127.0.0.1:12345"
    host, port = place.rsplit(":", 1)
    family = socket.AF_INET6 if host.startswith("[") else socket.AF_INET
    waiter = Waiter()
    with socket.socket(family, socket.SOCK_STREAM | socket.SOCK_NONBLOCK) as door:
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        door.bind((host.strip("[]"), int(port)))
        door.listen(128)
        print(f"서버가 시작되었습니다: {written(door.getsockname())}", end="\r\n", flush=True)
        while True:
            try:
                client, name = door.accept()
            except (BlockingIOError, ConnectionAbortedError):
                waiter.until(door, select.EPOLLIN)
                continue
            with client:
                client.setblocking(False)
                print(f"손님이 왔습니다: {written(name)}", end="\r\n", flush=True)
                try:
                    greet(client, waiter)
                    stay(client, waiter)
                except OSError as error:
                    print(f"{written(name)} 손님: {error}", file=sys.stderr, flush=True)


try:
    main()
except (OSError, ValueError) as error:
    sys.exit(f"오류: {error}")
