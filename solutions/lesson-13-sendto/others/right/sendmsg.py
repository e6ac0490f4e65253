# Right: sendmsg gathers each datagram from two halves, and nothing is decoded.
import socket
import sys

where = sys.argv[1] if len(sys.argv) > 1 else "127.0.0.1:12345"
host, _, port = where.rpartition(":")
if not host or not port.isdigit():
    sys.exit(f"{where} is no address")
family, *_, target = socket.getaddrinfo(host.strip("[]"), int(port), type=socket.SOCK_DGRAM)[0]
out = sys.stdout.buffer


def say(line):
    out.write(line.encode() + b"\n")
    out.flush()


with socket.socket(family, socket.SOCK_DGRAM) as box:
    say("보낼 줄을 치세요. #1000은 1000바이트입니다.")
    while line := sys.stdin.buffer.readline():
        line = line.removesuffix(b"\n").removesuffix(b"\r")
        data = b"x" * int(line[1:]) if line[:1] == b"#" and line[1:].isdigit() else line
        half = len(data) // 2
        try:
            count = box.sendmsg([data[:half], data[half:]], [], 0, target)
        except OSError as error:
            if len(data) > 65507:
                say(f"보내지 못했습니다: {len(data)}바이트는 데이터그램 하나에 담을 수 없습니다")
            else:
                say(f"보내지 못했습니다: {error.strerror}")
        else:
            say(f"보냈습니다: {count}바이트")
