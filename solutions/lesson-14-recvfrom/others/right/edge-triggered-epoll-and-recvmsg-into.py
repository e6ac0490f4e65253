# Right: a non-blocking socket under an edge-triggered epoll, drained by recvmsg_into into two buffers that make one datagram.
import select
import socket
import sys

HEAD, TAIL = bytearray(1000), bytearray(65535 - 1000)


def letters(sock):
    with select.epoll() as epoll:
        epoll.register(sock, select.EPOLLIN | select.EPOLLET)
        while True:
            try:
                count, _, flags, sender = sock.recvmsg_into([HEAD, TAIL])
            except BlockingIOError:
                epoll.poll()
                continue
            assert not flags & socket.MSG_TRUNC
            yield (bytes(HEAD) + TAIL)[:count], sender


def answer(sock, data, sender):
    while True:
        try:
            return sock.sendto(data, sender)
        except BlockingIOError:
            select.select([], [sock], [])


def shown(name):
    return ("[%s]:%d" if len(name) == 4 else "%s:%d") % name[:2]


def text(letter):
    try:
        whole = str(letter, "utf-8")
    except UnicodeDecodeError:
        return "글이 아닙니다"
    return whole[:30] + "…" * (len(whole) > 30)


def main():
    host, _, port = (sys.argv[1] if len(sys.argv) > 1 else "127.0.0.1:12345").rpartition(":")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_DGRAM | socket.SOCK_NONBLOCK) as sock:
        sock.bind((host.strip("[]"), int(port)))
        print(f"서버가 시작되었습니다: {shown(sock.getsockname())}", end="\r\n", flush=True)
        for letter, sender in letters(sock):
            print(f"{shown(sender)}: {text(letter)}", end="\r\n", flush=True)
            answer(sock, f"{len(letter)}바이트를 받았습니다".encode(), sender)


try:
    main()
except (OSError, ValueError, OverflowError) as error:
    sys.exit(f"오류: {error}")
