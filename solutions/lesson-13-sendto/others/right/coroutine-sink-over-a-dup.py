# Right: a coroutine is the sink that sends what it is given, on a dup of the socket whose first handle is closed already.
import os
import socket
import sys


def postbox(family, where):
    first = socket.socket(family, socket.SOCK_DGRAM)
    with socket.socket(fileno=os.dup(first.fileno())) as sock:
        first.close()
        told = "보낼 줄을 치세요. #1000은 1000바이트입니다."
        while True:
            data = yield told
            try:
                told = f"보냈습니다: {sock.sendmsg([data], (), 0, where)}바이트"
            except OSError as error:
                told = "보내지 못했습니다: " + (
                    f"{len(data)}바이트는 데이터그램 하나에 담을 수 없습니다" if len(data) > 65507 else str(error)
                )


def main():
    place = sys.argv[1] if len(sys.argv) > 1 else "127.0.0.1:12345"
    host, _, port = place.rpartition(":")
    if not port.isdecimal() or int(port) > 65535:
        sys.exit(f"오류: {place}은(는) 주소가 아닙니다")
    family, _, _, _, where = socket.getaddrinfo(
        host.strip("[]"), int(port), type=socket.SOCK_DGRAM, flags=socket.AI_NUMERICHOST
    )[0]
    box = postbox(family, where)
    sys.stdout.reconfigure(line_buffering=True, encoding="utf-8")
    print(next(box))
    with open(0, "rb", buffering=0, closefd=False) as raw:
        for line in iter(raw.readline, b""):
            text = line.decode().removesuffix("\n").removesuffix("\r")
            if text.startswith("#") and text[1:].isascii() and text[1:].isdigit():
                print(box.send(memoryview(b"x" * int(text[1:]))))
            else:
                print(box.send(text.encode()))


try:
    main()
except (OSError, ValueError) as error:
    sys.exit(f"오류: {error}")
