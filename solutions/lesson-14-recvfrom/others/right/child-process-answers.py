# Right: the parent receives and prints; a forked child, told over a pipe, answers by the same socket.
import os
import pickle
import socket
import sys


def clerk(sock, orders):
    """Answers until the parent is gone."""
    with os.fdopen(orders, "rb") as pipe:
        while True:
            try:
                count, sender = pickle.load(pipe)
            except EOFError:
                return
            sock.sendto(f"{count}바이트를 받았습니다".encode(), sender)


def main():
    host, _, port = (sys.argv[1:] + ["127.0.0.1:12345"])[0].rpartition(":")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    sock = socket.socket(family, socket.SOCK_DGRAM)
    sock.bind((host.strip("[]"), int(port)))
    orders, say = os.pipe()
    if os.fork() == 0:
        try:
            os.close(say)
            clerk(sock, orders)
        except (KeyboardInterrupt, OSError):
            pass
        finally:
            os._exit(0)
    os.close(orders)
    written = lambda name: f"[{name[0]}]:{name[1]}" if family == socket.AF_INET6 else f"{name[0]}:{name[1]}"
    print(f"서버가 시작되었습니다: {written(sock.getsockname())}", flush=True)
    with os.fdopen(say, "wb") as pipe:
        while True:
            letter, sender = sock.recvfrom(1 << 16)
            try:
                words = letter.decode()
                told = words if len(words) <= 30 else f"{words[:30]}…"
            except UnicodeDecodeError:
                told = "글이 아닙니다"
            print(f"{written(sender)}: {told}", flush=True)
            pickle.dump((len(letter), sender), pipe)
            pipe.flush()


try:
    main()
except (OSError, ValueError, OverflowError) as error:
    sys.exit(f"오류: {error}")
