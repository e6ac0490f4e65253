# Right: the bytes go from the socket through a pipe into a memory file by splice(2), and are read into the program only when all are there.
import os
import socket
import sys


def pour(client, store):
    """Moves all bytes of client into store; raises as recv would."""
    reading, writing = os.pipe()
    try:
        while moved := os.splice(client.fileno(), writing, 1 << 16):
            while moved:
                moved -= os.splice(reading, store, moved)
    finally:
        os.close(reading)
        os.close(writing)


def contents(store):
    size = os.fstat(store).st_size
    whole = b""
    while len(whole) < size:
        whole += os.pread(store, size - len(whole), len(whole))
    return whole


def hear(client):
    store = os.memfd_create("message")
    try:
        pour(client, store)
    except ConnectionResetError:
        return len(contents(store)), "상대가 연결을 끊었습니다 (RST)"
    except OSError as error:
        return len(contents(store)), f"받다가 오류가 났습니다: {error}"
    else:
        message = contents(store)
    finally:
        os.close(store)
    try:
        return len(message), "메시지: " + message.decode()
    except UnicodeDecodeError as error:
        return len(message), f"UTF-8이 아닙니다: {error.start}바이트까지만 글자입니다"


def main(text):
    host, _, port = text.rpartition(":")
    with socket.create_server((host, int(port))) as door:
        sys.stdout.buffer.write("서버가 시작되었습니다: {}:{}\n".format(*door.getsockname()).encode())
        sys.stdout.buffer.flush()
        while True:
            client, _ = door.accept()
            with client:
                count, line = hear(client)
            sys.stdout.buffer.write(f"받은 바이트: {count}\n{line}\n".encode())
            sys.stdout.buffer.flush()


try:
    main(*(sys.argv[1:2] or ["127.0.0.1:12345"]))
except (OSError, ValueError) as error:
    sys.exit(f"오류: {error}")
