# Right: the connection as one text file of Python: written, flushed and read to its end as characters.
import socket
import sys

GREETING = "안녕하세요? 반갑습니다!"


class NoReply(Exception):
    def __str__(self):
        return "서버가 아무 답 없이 끝냈습니다"


def ask(address):
    host, _, port = address.rpartition(":")
    with socket.create_connection((host.strip("[]"), int(port))) as server:
        server.settimeout(10)
        with server.makefile("rw", encoding="utf-8", errors="strict", newline="\n") as talk:
            print(GREETING, file=talk, flush=True)
            reply = talk.read()
    if reply == "":
        raise NoReply
    return reply.rstrip()


def main():
    address = sys.argv[1] if len(sys.argv) > 1 else "127.0.0.1:12345"
    try:
        told = ask(address)
    except (OSError, ValueError, OverflowError, NoReply) as error:
        sys.stderr.write(f"오류: {address}: {error}\n")
        raise SystemExit(1)
    sys.stdout.write(f"서버의 답: {told}\n")


main()
