# Right: poll() before every call; the client is non-blocking, written one byte at a time on a dup and read on the original.
import os
import select
import socket
import sys

GREETING = "반갑습니다".encode()


def ready(sock, events):
    waiter = select.poll()
    waiter.register(sock, events)
    while not waiter.poll():
        pass


def greet(client):
    with client.dup() as mouth:
        for at in range(len(GREETING)):
            while True:
                try:
                    mouth.send(GREETING[at : at + 1])
                    break
                except BlockingIOError:
                    ready(mouth, select.POLLOUT)


def stay(client):
    while True:
        ready(client, select.POLLIN)
        try:
            if not client.recv(333):
                return
        except BlockingIOError:
            pass


def main():
    text = sys.argv[1] if len(sys.argv) > 1 else "127.0.0.1:12345"
    host, _, port = text.rpartition(":")
    host = host.strip("[]")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    shape = "[%s]:%d" if family == socket.AF_INET6 else "%s:%d"
    try:
        door = socket.create_server((host, int(port)), family=family, backlog=128)
    except (OSError, ValueError, OverflowError) as error:
        sys.exit(f"오류: {text}: {error}")
    door.setblocking(False)
    os.write(1, f"서버가 시작되었습니다: {shape % door.getsockname()[:2]}\n".encode())
    while True:
        ready(door, select.POLLIN)
        try:
            client, peer = door.accept()
        except BlockingIOError:
            continue
        who = shape % peer[:2]
        os.write(1, f"손님이 왔습니다: {who}\n".encode())
        client.setblocking(False)
        try:
            greet(client)
            stay(client)
        except OSError as error:
            os.write(2, f"{who}: {error}\n".encode())
        finally:
            client.close()


main()
