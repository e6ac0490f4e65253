# Right: an unbuffered raw file over the socket, readinto a bytearray of 7 bytes, and a strict incremental decoder that is asked at the end only.
import codecs
import socket
import sys


def listen_to(client):
    pieces, window = [], memoryview(bytearray(7))
    broken = None
    with client, client.makefile("rb", buffering=0) as raw:
        try:
            for count in iter(lambda: raw.readinto(window), 0):
                pieces.append(bytes(window[:count]))
        except OSError as error:
            broken = error
    return b"".join(pieces), broken


def judge(message, broken):
    match broken:
        case ConnectionResetError():
            return "상대가 연결을 끊었습니다 (RST)"
        case OSError():
            return f"받다가 잘못됨: {broken}"
    decoder = codecs.getincrementaldecoder("utf-8")("strict")
    try:
        return "메시지: " + decoder.decode(message, final=True)
    except UnicodeDecodeError as error:
        return f"UTF-8이 아닙니다: {error.start}바이트까지만 글자입니다"


address = sys.argv[1] if sys.argv[1:] else "127.0.0.1:12345"
host, _, port = address.rpartition(":")
with socket.socket() as listener:
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind((host, int(port)))
    listener.listen()
    print("서버가 시작되었습니다:", ":".join(map(str, listener.getsockname())), flush=True)
    while True:
        message, broken = listen_to(listener.accept()[0])
        sys.stdout.buffer.write(f"받은 바이트: {len(message)}\n{judge(message, broken)}\n".encode())
        sys.stdout.buffer.flush()
