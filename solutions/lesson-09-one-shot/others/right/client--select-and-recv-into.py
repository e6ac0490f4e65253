# Right: select waits for the reply, recv_into fills a preallocated bytearray, and the time limit is counted by the program itself; exceptions become one sentence and status 30.
import select
import socket
import sys


class NoReply(Exception):
    pass


def reply_of(sock, patience=10.0):
    space, filled = bytearray(256), 0
    while True:
        ready, _, _ = select.select([sock], [], [], patience)
        if not ready:
            raise NoReply("ten seconds of silence")
        if filled == len(space):
            space.extend(bytes(len(space)))
        count = sock.recv_into(memoryview(space)[filled:])
        if not count:
            break
        filled += count
    if not filled:
        raise NoReply("the connection ended without a word")
    return space[:filled].decode().removesuffix("\n")


def main(address="127.0.0.1:12345"):
    host, _, port = address.rpartition(":")
    sock = socket.create_connection((host, int(port)))
    try:
        sock.sendall("안녕하세요? 반갑습니다!\n".encode())
        print("서버의 답: " + reply_of(sock))
    finally:
        sock.close()


try:
    main(*sys.argv[1:2])
except (OSError, ValueError, NoReply) as error:
    print(f"no luck: {error}", file=sys.stderr)
    sys.exit(30)
