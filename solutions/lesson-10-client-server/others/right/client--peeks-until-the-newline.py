# Right: looks with MSG_PEEK where the newline is and takes just so many bytes; the message goes out by sendmsg in two buffers.
import socket
import sys


def send_both(server, *parts):
    views = [memoryview(part) for part in parts if part]
    while views:
        count = server.sendmsg(views)
        while views and count >= len(views[0]):
            count -= len(views.pop(0))
        if count:
            views[0] = views[0][count:]


def line(server):
    taken = bytearray()
    while not taken.endswith(b"\n"):
        seen = server.recv(64, socket.MSG_PEEK)
        if not seen:
            raise EOFError("답이 중간에 끊겼습니다")
        end = seen.find(b"\n")
        taken += server.recv(len(seen) if end < 0 else end + 1)
    return taken[:-1].decode()


def main(address="127.0.0.1:12345", message="저 왔어요.", *_):
    try:
        host, _, port = address.rpartition(":")
        with socket.create_connection((host.strip("[]"), int(port))) as server:
            server.settimeout(10)
            send_both(server, message.encode("utf-8", "surrogateescape"), b"\n")
            reply = line(server)
    except (OSError, EOFError, ValueError, OverflowError) as error:
        sys.exit(f"오류: {address}: {error}")
    sys.stdout.buffer.write(b"".join([b"\xec\x84\x9c\xeb\xb2\x84\xec\x9d\x98 \xeb\x8b\xb5: ", reply.encode(), b"\r\n"]))


main(*sys.argv[1:])
