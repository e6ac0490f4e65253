# Right: struct and makefile, a buffered reader and a buffered writer on one blocking socket
import os
import socket
import struct
import sys
import threading

HEADER = struct.Struct(">I")


def send(out, text):
    out.write(HEADER.pack(len(text)))
    out.write(text)
    out.flush()


def messages(source):
    while header := source.read(HEADER.size):
        if len(header) < HEADER.size:
            raise EOFError
        (length,) = HEADER.unpack(header)
        print(f"{length}바이트짜리 메시지가 옵니다", flush=True)
        if length > 0x10000:
            raise ValueError(f"너무 깁니다: {length}바이트")
        body = source.read(length)
        if len(body) != length:
            raise EOFError
        yield body


def serve(client):
    source = client.makefile("rb")
    out = client.makefile("wb", buffering=70000)
    try:
        send(out, "반갑습니다".encode())
        for body in messages(source):
            send(out, body)
        return "손님이 끝냈습니다"
    except EOFError:
        return "메시지가 중간에 끝났습니다"
    except ValueError as error:
        return str(error)
    except ConnectionResetError:
        return "손님이 끊었습니다 (RST)"
    except OSError as error:
        return f"오류: {error}"
    finally:
        for end in (source, out):
            try:
                end.close()
            except OSError:
                pass


def end_on_enter():
    if sys.stdin.buffer.readline():
        os._exit(0)


def main():
    sys.stdout.reconfigure(encoding="utf-8")
    host, _, port = (sys.argv[1:] or ["127.0.0.1:12345"])[0].rpartition(":")
    try:
        listener = socket.create_server((host, int(port)))
    except OSError as error:
        sys.exit(f"오류: {error}")
    with listener:
        host, port = listener.getsockname()[:2]
        print(f"서버가 시작되었습니다: {host}:{port} (Enter로 끝냅니다)", flush=True)
        threading.Thread(target=end_on_enter, daemon=True).start()
        while True:
            client, _ = listener.accept()
            with client:
                line = serve(client)
            print(line, flush=True)


main()
