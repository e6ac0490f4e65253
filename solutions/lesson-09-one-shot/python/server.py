"""레슨 09의 파이썬판: 서버 / the Python version of lesson 09: the server."""

import socket
import sys

DEFAULT_ADDRESS = "127.0.0.1:12345"
REPLY = "네, 잘 들었습니다.\n"
LIMIT = 1024
PATIENCE = 10.0


# ANCHOR: receive
def receive(client):
    message = b""
    while not message.endswith(b"\n") and len(message) < LIMIT:
        byte = client.recv(1)
        if not byte:
            break
        message += byte
    if len(message) == LIMIT and not message.endswith(b"\n"):
        raise ValueError("메시지가 너무 깁니다")
    return message.decode().rstrip()
# ANCHOR_END: receive


def main():
    host, port = (sys.argv[1] if len(sys.argv) > 1 else DEFAULT_ADDRESS).rsplit(":", 1)
    with socket.create_server((host, int(port))) as listener:
        host, port = listener.getsockname()
        print(f"서버가 시작되었습니다: {host}:{port}", flush=True)
        client, (host, port) = listener.accept()
    print(f"손님이 왔습니다: {host}:{port}", flush=True)
    # ANCHOR: parting
    with client:
        client.settimeout(PATIENCE)
        print("받은 메시지:", receive(client), flush=True)
        client.sendall(REPLY.encode())
        client.shutdown(socket.SHUT_WR)
        while client.recv(16 * 1024):
            pass
    # ANCHOR_END: parting


try:
    main()
except UnicodeDecodeError:
    sys.exit("오류: 메시지가 UTF-8이 아닙니다")
except (OSError, ValueError) as error:
    sys.exit(f"오류: {error}")
