# Right: only descriptor numbers: os.read, os.write, os.dup; SO_RCVTIMEO as a packed timeval; shutdown on a borrowed number.
import contextlib
import os
import socket
import struct
import sys
import threading

LIMIT = 1024


def say(text):
    os.write(1, text.encode() + b"\n")


@contextlib.contextmanager
def borrowed(number):
    """A socket object over the number; the number lives on."""
    sock = socket.socket(fileno=number)
    try:
        yield sock
    finally:
        sock.detach()


def write_whole(number, data):
    while data:
        data = data[os.write(number, data) :]


def talk(number):
    heard = 0
    while heard <= LIMIT and (piece := os.read(number, LIMIT + 1 - heard)):
        heard += len(piece)
    reply = "너무 깁니다" if heard > LIMIT else f"{heard}바이트를 받았습니다"
    write_whole(number, f"{reply}\n".encode())
    with borrowed(number) as sock:
        sock.shutdown(socket.SHUT_WR)
    say("할 말을 다 했습니다.")
    while os.read(number, 8000):
        pass


def serve(client):
    client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, struct.pack("@ll", 10, 0))
    number = client.detach()
    spare = os.dup(number)
    try:
        talk(number)
    except ConnectionResetError:
        return "손님이 끊었습니다 (RST)"
    except BlockingIOError:
        return "오류: 손님이 10초 동안 조용합니다"
    except OSError as error:
        return f"오류: {error.strerror}"
    else:
        return "손님이 닫았습니다 (FIN)"
    finally:
        os.close(spare)
        os.close(number)


def keyboard():
    if os.read(0, 1):
        os._exit(0)


def main():
    text = sys.argv[1] if len(sys.argv) > 1 else "127.0.0.1:12345"
    host, _, port = text.rpartition(":")
    host = host.strip("[]")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        door = socket.socket(family, socket.SOCK_STREAM)
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        door.bind((host, int(port)))
        door.listen(128)
    except (OSError, ValueError, OverflowError) as error:
        sys.exit(f"오류: {text}: {error}")
    here = door.getsockname()
    host = f"[{here[0]}]" if ":" in here[0] else here[0]
    say(f"서버가 시작되었습니다: {host}:{here[1]} (Enter로 끝냅니다)")
    threading.Thread(target=keyboard, daemon=True).start()
    while True:
        say(serve(door.accept()[0]))


main()
