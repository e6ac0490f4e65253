# Right: a forked child reads the keyboard and signals its parent (SIGUSR1) on Enter; the parent serves on a plain blocking socket with recv_into.
import ctypes
import os
import signal
import socket
import sys

LIMIT, PATIENCE = 1024, 10


def watch_the_keyboard(parent):
    ctypes.CDLL(None).prctl(1, signal.SIGKILL)
    os.close(1)
    os.close(2)
    while os.getppid() == parent:
        byte = os.read(0, 1)
        if not byte:
            break
        if byte == b"\n":
            os.kill(parent, signal.SIGUSR1)
            break
    os._exit(0)


def converse(client):
    client.settimeout(PATIENCE)
    arena = bytearray(LIMIT + 1)
    view, filled = memoryview(arena), 0
    while filled <= LIMIT:
        count = client.recv_into(view[filled:])
        if count == 0:
            break
        filled += count
    client.sendall((f"{filled}바이트를 받았습니다\n" if filled <= LIMIT else "너무 깁니다\n").encode())
    client.shutdown(socket.SHUT_WR)
    print("할 말을 다 했습니다.", flush=True)
    while client.recv_into(view):
        pass


def ended(client):
    with client:
        try:
            converse(client)
        except ConnectionResetError:
            return "손님이 끊었습니다 (RST)"
        except OSError as error:
            return f"오류: {error}"
    return "손님이 닫았습니다 (FIN)"


def main():
    signal.signal(signal.SIGUSR1, lambda *_: os._exit(0))
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    parent = os.getpid()
    if os.fork() == 0:
        try:
            watch_the_keyboard(parent)
        finally:
            os._exit(0)
    host, _, port = (sys.argv[1] if len(sys.argv) > 1 else "127.0.0.1:12345").rpartition(":")
    door = socket.create_server((host, int(port)))
    host, port = door.getsockname()
    print(f"서버가 시작되었습니다: {host}:{port} (Enter로 끝냅니다)", flush=True)
    while True:
        print(ended(door.accept()[0]), flush=True)


try:
    main()
except (OSError, ValueError) as error:
    sys.exit(f"오류: {error}")
