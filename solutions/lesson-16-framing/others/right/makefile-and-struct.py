# Right: one buffered file for each connection (makefile), whose read(n) gives fewer bytes only at the end; struct.Struct.
import os
import socket
import struct
import sys
import threading

LENGTH = struct.Struct(">L")


def say(line):
    os.write(1, line.encode() + b"\n")


def frames(file):
    while header := file.read(LENGTH.size):
        if len(header) != LENGTH.size:
            raise EOFError
        length, = LENGTH.unpack(header)
        say(f"{length}바이트짜리 메시지가 옵니다")
        if length >= 0x10001:
            raise ValueError(length)
        body = file.read(length)
        if len(body) != length:
            raise EOFError
        yield header + body


def ended(client):
    try:
        with client.makefile("rwb") as file:
            file.write(LENGTH.pack(15) + "반갑습니다".encode())
            file.flush()
            for frame in frames(file):
                file.write(frame)
                file.flush()
    except EOFError:
        return "메시지가 중간에 끝났습니다"
    except ValueError as error:
        return f"너무 깁니다: {error}바이트"
    except ConnectionResetError:
        return "손님이 끊었습니다 (RST)"
    except OSError as error:
        return f"오류: {error}"
    return "손님이 끝냈습니다"


def enter():
    if os.read(0, 100):
        os._exit(0)


host, _, port = (sys.argv[1:] or ["127.0.0.1:12345"])[0].rpartition(":")
door = socket.create_server((host, int(port)))
say("서버가 시작되었습니다: {}:{} (Enter로 끝냅니다)".format(*door.getsockname()))
threading.Thread(target=enter, daemon=True).start()
while True:
    with door.accept()[0] as guest:
        last = ended(guest)
    say(last)
