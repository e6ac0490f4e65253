"""레슨 06의 파이썬판 / the Python version of lesson 06."""

import socket
import sys

DEFAULT_ADDRESS = "127.0.0.1:12345"


# ANCHOR: receive_all
def receive_all(client, message):
    """상대가 끝낼 때까지 받아 message에 모읍니다. / Receives until the peer has finished."""
    while chunk := client.recv(1024):
        message += chunk
# ANCHOR_END: receive_all


def text(message):
    try:
        return f"메시지: {message.decode('utf-8')}"
    except UnicodeDecodeError as error:
        return f"UTF-8이 아닙니다: {error.start}바이트까지만 글자입니다"


def main():
    host, port = (sys.argv[1] if len(sys.argv) > 1 else DEFAULT_ADDRESS).rsplit(":", 1)
    with socket.create_server((host, int(port))) as listener:
        host, port = listener.getsockname()
        print(f"서버가 시작되었습니다: {host}:{port}", flush=True)
        while True:
            client, _ = listener.accept()
            message = bytearray()
            with client:
                try:
                    receive_all(client, message)
                    told = text(message)
                except ConnectionResetError:
                    told = "상대가 연결을 끊었습니다 (RST)"
                print(f"받은 바이트: {len(message)}", flush=True)
                print(told, flush=True)


main()
