"""레슨 12의 파이썬판 / the Python version of lesson 12."""

import random
import socket
import sys
import time

DEFAULT_ADDRESS = "localhost:12345"
MESSAGE = "지금 몇 시예요?"
DEFAULT_PATIENCE = 3000
DEFAULT_PAUSE = 300
ATTEMPTS = 4
LIMIT = 1024


def ask(host, port, patience):
    # ANCHOR: ask
    with socket.create_connection((host, port), timeout=patience) as server:
        print("연결되었습니다:", endpoint(server.getpeername()), flush=True)
        server.sendall(f"{MESSAGE}\n".encode())
        deadline = time.monotonic() + patience
        reply = b""
        while b"\n" not in reply and len(reply) < LIMIT:
            left = deadline - time.monotonic()
            if left <= 0:
                raise socket.timeout
            server.settimeout(left)
            chunk = server.recv(256)
            if not chunk:
                raise EOFError
            reply += chunk
    # ANCHOR_END: ask
    line, newline, _ = reply[:LIMIT].partition(b"\n")
    if not newline:
        raise ValueError("답이 너무 깁니다")
    return line.decode()


def endpoint(address):
    host, port = address[:2]
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


# ANCHOR: keep_trying
def keep_trying(pause, attempt):
    for number in range(1, ATTEMPTS):
        try:
            return attempt()
        except (OSError, EOFError) as error:
            print(f"{number}번째 시도 실패: {reason(error)}", flush=True)
        time.sleep(pause + random.uniform(0, pause / 2))
        pause *= 2
    return attempt()
# ANCHOR_END: keep_trying


def reason(error):
    if isinstance(error, ConnectionRefusedError):
        return "연결이 거절됨"
    if isinstance(error, (TimeoutError, socket.timeout)):
        return "시간이 다 됨"
    if isinstance(error, ConnectionError):
        return "연결이 끊어짐"
    if isinstance(error, EOFError):
        return "답이 도중에 끝남"
    return str(error)


address = sys.argv[1] if len(sys.argv) > 1 else DEFAULT_ADDRESS
patience = int(sys.argv[2] if len(sys.argv) > 2 else DEFAULT_PATIENCE) / 1000
pause = int(sys.argv[3] if len(sys.argv) > 3 else DEFAULT_PAUSE) / 1000
try:
    host, _, port = address.rpartition(":")
    if not host:
        raise ValueError("포트가 없습니다")
    port = int(port)
    print("서버의 답:", keep_trying(pause, lambda: ask(host, port, patience)))
except (OSError, EOFError, ValueError) as error:
    sys.exit(f"오류: {address}: {reason(error)}")
