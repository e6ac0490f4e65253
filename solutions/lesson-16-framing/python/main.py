"""레슨 16의 파이썬판 / the Python version of lesson 16."""

import os
import socket
import struct
import sys
import threading

DEFAULT_ADDRESS = "127.0.0.1:12345"
LIMIT = 65_536


class TooLong(Exception):
    """믿지 않는 길이 / a length that is not believed"""


# ANCHOR: frame
def send_frame(client, body):
    client.sendall(struct.pack("!I", len(body)) + body)


def read_exactly(client, count):
    data = b""
    while len(data) < count:
        chunk = client.recv(count - len(data))
        if not chunk:
            break
        data += chunk
    return data


def read_frame(client):
    """메시지 하나, 또는 메시지 사이에서 끝났으면 None / a message; None at an end between two"""
    header = read_exactly(client, 4)
    if not header:
        return None
    if len(header) < 4:
        raise EOFError
    (length,) = struct.unpack("!I", header)
    print(f"{length}바이트짜리 메시지가 옵니다", flush=True)
    if length > LIMIT:
        raise TooLong(f"너무 깁니다: {length}바이트")
    body = read_exactly(client, length)
    if len(body) < length:
        raise EOFError
    return body
# ANCHOR_END: frame


def serve(client):
    send_frame(client, "반갑습니다".encode())
    while (body := read_frame(client)) is not None:
        send_frame(client, body)


def end_on_enter():
    if sys.stdin.readline():
        os._exit(0)


def main():
    host, port = (sys.argv[1] if len(sys.argv) > 1 else DEFAULT_ADDRESS).rsplit(":", 1)
    with socket.create_server((host, int(port))) as listener:
        host, port = listener.getsockname()
        print(f"서버가 시작되었습니다: {host}:{port} (Enter로 끝냅니다)", flush=True)
        threading.Thread(target=end_on_enter, daemon=True).start()
        while True:
            client, _ = listener.accept()
            with client:
                try:
                    serve(client)
                    ended = "손님이 끝냈습니다"
                except EOFError:
                    ended = "메시지가 중간에 끝났습니다"
                except ConnectionResetError:
                    ended = "손님이 끊었습니다 (RST)"
                except TooLong as error:
                    ended = str(error)
                except OSError as error:
                    ended = f"오류: {error}"
            print(ended, flush=True)


main()
