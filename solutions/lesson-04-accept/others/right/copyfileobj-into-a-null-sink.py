# Right: a raw file over the socket: written in a loop, and copied by shutil.copyfileobj into a sink that keeps nothing.
import contextlib
import io
import shutil
import socket
import sys


class Sink(io.RawIOBase):
    def writable(self):
        return True

    def write(self, piece):
        return len(piece)


def write_whole(raw, data):
    view = memoryview(data)
    while view:
        view = view[raw.write(view) :]


def clients(door):
    while True:
        yield door.accept()


def named(address):
    host, port = address[:2]
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def serve(client):
    with client, client.makefile("rwb", buffering=0) as raw:
        write_whole(raw, bytes("반갑습니다", "utf-8"))
        shutil.copyfileobj(raw, Sink(), 777)


def main(text="127.0.0.1:12345", *_):
    host, _, port = text.rpartition(":")
    host = host.strip("[]")
    try:
        place = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_NUMERICHOST)[0]
    except OSError:
        return f"오류: {text}은(는) 주소가 아닙니다"
    family, kind, protocol, _, address = place
    with contextlib.closing(socket.socket(family, kind, protocol)) as door:
        try:
            door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            door.bind(address)
            door.listen()
        except OSError as error:
            return f"오류: {error}"
        print("서버가 시작되었습니다:", named(door.getsockname()), end="\r\n", flush=True)
        for client, peer in clients(door):
            print("손님이 왔습니다:", named(peer), end="\r\n", flush=True)
            try:
                serve(client)
            except OSError as error:
                print(named(peer), "와(과) 이야기하다:", error, file=sys.stderr, flush=True)


sys.exit(main(*sys.argv[1:]))
