# Right: sends every byte of the greeting as a segment of its own (TCP_NODELAY), then reads non-blocking, woken by poll.
import select
import socket
import sys

PATIENCE = 10_000


def ask(address):
    host, _, port = address.rpartition(":")
    with socket.create_connection((host.strip("[]"), int(port))) as server:
        server.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for byte in "안녕하세요? 반갑습니다!\n".encode():
            server.sendall(bytes([byte]))
        server.setblocking(False)
        poll = select.poll()
        poll.register(server, select.POLLIN)
        pieces = []
        while True:
            try:
                pieces.append(server.recv(4))
            except BlockingIOError:
                if not poll.poll(PATIENCE):
                    raise TimeoutError("답이 오지 않습니다") from None
                continue
            if not pieces[-1]:
                break
    reply = b"".join(pieces).decode()
    if not reply:
        raise EOFError("서버가 답하지 않고 끝냈습니다")
    return reply.rstrip()


def main():
    address = sys.argv[1] if len(sys.argv) > 1 else "127.0.0.1:12345"
    try:
        reply = ask(address)
    except (OSError, EOFError, ValueError, OverflowError) as error:
        print("오류:", address, error, file=sys.stderr)
        return 1
    print(f"서버의 답: {reply}", flush=True)
    return 0


sys.exit(main())
