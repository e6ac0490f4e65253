# Right: selectors with a non-blocking socket; a datagram is peeked at first, so that a bytearray of just its length can be made for it.
import selectors
import socket
import sys


def echo(sock):
    try:
        length, _ = sock.recvfrom_into(PEEKED, 0, socket.MSG_PEEK)
        space = bytearray(length or 1)
        count, sender = sock.recvfrom_into(space)
        sock.sendto(memoryview(space)[:count], sender)
    except (BlockingIOError, InterruptedError, ConnectionResetError):
        pass


PEEKED = bytearray(65535)
address = sys.argv[1] if len(sys.argv) > 1 else "127.0.0.1:12345"
host, _, port = address.rpartition(":")
with selectors.DefaultSelector() as selector, socket.socket(type=socket.SOCK_DGRAM) as sock:
    sock.bind((host, int(port)))
    sock.setblocking(False)
    selector.register(sock, selectors.EVENT_READ, echo)
    sys.stdout.write("서버가 시작되었습니다: {}:{}\n".format(*sock.getsockname()))
    sys.stdout.flush()
    while True:
        for key, _ in selector.select(timeout=5):
            key.data(key.fileobj)
