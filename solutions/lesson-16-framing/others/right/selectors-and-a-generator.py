# Right: selectors with non-blocking sockets and a generator as the state machine; the listener is watched only while no client is there
import os
import selectors
import socket
import sys
import threading

READ, WRITE = selectors.EVENT_READ, selectors.EVENT_WRITE


def say(line):
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def fill(client, room):
    """Fills the room; yields the event it waits for; returns how many bytes came."""
    view = memoryview(room)
    have = 0
    while have < len(view):
        try:
            count = client.recv_into(view[have:])
        except BlockingIOError:
            yield READ
            continue
        if count == 0:
            break
        have += count
    return have


def send(client, body):
    left = memoryview(len(body).to_bytes(4, "big") + bytes(body))
    while left:
        try:
            left = left[client.send(left) :]
        except BlockingIOError:
            yield WRITE


def conversation(client):
    yield from send(client, "반갑습니다".encode())
    while True:
        header = bytearray(4)
        count = yield from fill(client, header)
        if count < 4:
            return "메시지가 중간에 끝났습니다" if count else "손님이 끝냈습니다"
        length = int.from_bytes(header, "big")
        say(f"{length}바이트짜리 메시지가 옵니다")
        if length > 65536:
            return f"너무 깁니다: {length}바이트"
        body = bytearray(length)
        if (yield from fill(client, body)) < length:
            return "메시지가 중간에 끝났습니다"
        yield from send(client, body)


def end_on_enter():
    if sys.stdin.buffer.readline():
        os._exit(0)


def main():
    host, _, port = (sys.argv[1:] or ["127.0.0.1:12345"])[0].rpartition(":")
    listener = socket.create_server((host, int(port)), backlog=128)
    listener.setblocking(False)
    name = listener.getsockname()
    say(f"서버가 시작되었습니다: {name[0]}:{name[1]} (Enter로 끝냅니다)")
    threading.Thread(target=end_on_enter, daemon=True).start()
    selector = selectors.DefaultSelector()
    selector.register(listener, READ)
    talk = None
    while True:
        for key, _ in selector.select():
            if key.fileobj is listener:
                try:
                    client, _ = listener.accept()
                except BlockingIOError:
                    continue
                client.setblocking(False)
                selector.unregister(listener)
                selector.register(client, WRITE)
                talk = conversation(client)
                continue
            client = key.fileobj
            try:
                selector.modify(client, next(talk))
                continue
            except StopIteration as end:
                line = end.value
            except ConnectionResetError:
                line = "손님이 끊었습니다 (RST)"
            except OSError as error:
                line = f"오류: {error}"
            selector.unregister(client)
            client.close()
            say(line)
            selector.register(listener, READ)


sys.stdout.reconfigure(encoding="utf-8")
main()
