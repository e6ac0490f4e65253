# Right: recvmsg of at most three bytes at a time goes into a spooled temporary file, which is read back to be decoded.
import os
import socket
import sys
import tempfile


def pieces(client):
    while True:
        data, _, _, _ = client.recvmsg(3)
        if data == b"":
            return
        yield data


def serve(client):
    with tempfile.SpooledTemporaryFile(max_size=4096) as kept:
        try:
            with client:
                kept.writelines(pieces(client))
        except ConnectionResetError:
            ending = "상대가 연결을 끊었습니다 (RST)"
        except OSError as error:
            ending = f"끝까지 받지 못했습니다: {error}"
        else:
            ending = None
        count = kept.tell()
        kept.seek(0)
        data = kept.read()
    if ending is None:
        try:
            ending = f"메시지: {data.decode()}"
        except UnicodeError as wrong:
            ending = f"UTF-8이 아닙니다: {wrong.start}바이트까지만 글자입니다"
    return f"받은 바이트: {count}\n{ending}\n"


def told(text):
    data = memoryview(text.encode())
    while data:
        data = data[os.write(1, data) :]


def server(text="127.0.0.1:12345", *_):
    host, _, port = text.rpartition(":")
    try:
        found = socket.getaddrinfo(host.strip("[]"), port, type=socket.SOCK_STREAM)[0]
        with socket.socket(*found[:3]) as door:
            door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            door.bind(found[4])
            door.listen(128)
            here = door.getsockname()
            host = f"[{here[0]}]" if len(here) > 2 else here[0]
            told(f"서버가 시작되었습니다: {host}:{here[1]}\n")
            while True:
                told(serve(door.accept()[0]))
    except OSError as error:
        print(f"오류: {text}: {error}", file=sys.stderr)
        return 1


sys.exit(server(*sys.argv[1:]))
