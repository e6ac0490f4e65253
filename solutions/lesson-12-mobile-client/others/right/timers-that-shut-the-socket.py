# Right: reads without any time-out; a threading.Timer shuts the socket down when the reply's time is up.
import random
import socket
import sys
import threading
import time

LIMIT = 1024


class Failed(Exception):
    def __init__(self, why, again=True):
        super().__init__(why)
        self.again = again


def failed(error):
    if isinstance(error, ConnectionRefusedError):
        return Failed("연결이 거절됨")
    if isinstance(error, (TimeoutError, socket.timeout)):
        return Failed("시간이 다 됨")
    if isinstance(error, (ConnectionResetError, ConnectionAbortedError)):
        return Failed("연결이 끊어짐")
    return Failed(str(error))


def any_of(host, port, patience):
    last = Failed("이름에 주소가 없습니다")
    try:
        found = socket.getaddrinfo(host, port, 0, socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise Failed(str(error))
    for _, _, _, _, address in found:
        try:
            return socket.create_connection(address[:2], patience)
        except OSError as error:
            last = failed(error)
    raise last


def receive(server, patience):
    late = threading.Event()

    def ring():
        late.set()
        try:
            server.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass

    timer = threading.Timer(patience, ring)
    timer.daemon = True
    timer.start()
    reply = bytearray()
    try:
        while b"\n" not in reply and len(reply) < LIMIT:
            chunk = server.recv(100)
            if not chunk:
                raise Failed("시간이 다 됨" if late.is_set() else "답이 도중에 끝남")
            reply += chunk
    except OSError as error:
        raise Failed("시간이 다 됨") if late.is_set() else failed(error)
    finally:
        timer.cancel()
        timer.join()
    try:
        return bytes(reply[: reply.index(b"\n")]).decode()
    except ValueError:
        raise Failed("답을 읽을 수 없음", again=False)


def ask(host, port, patience):
    with any_of(host, port, patience) as server:
        peer = server.getpeername()
        print("연결되었습니다: " + ("[%s]:%d" if ":" in peer[0] else "%s:%d") % peer[:2], flush=True)
        try:
            server.sendall("지금 몇 시예요?\n".encode())
        except OSError as error:
            raise failed(error)
        server.settimeout(None)
        return receive(server, patience)


def main(address="localhost:12345", patience="3000", pause="300", *_):
    patience = int(patience) / 1000 if patience.isdecimal() else 3
    pause = int(pause) / 1000 if pause.isdecimal() else 0.3
    host, colon, port = address.rpartition(":")
    if not (colon and port.isdecimal() and int(port) < 65536):
        return f"오류: {address}: 포트가 없습니다"
    attempt = 1
    while True:
        try:
            reply = ask(host.strip("[]"), int(port), patience)
        except Failed as why:
            if attempt == 4 or not why.again:
                return f"오류: {address}: {why}"
            print(f"{attempt}번째 시도 실패: {why}", flush=True)
        else:
            print("서버의 답:", reply, flush=True)
            return 0
        wake = time.monotonic() + pause * 2 ** (attempt - 1) * (1 + random.random() / 2)
        threading.Event().wait(wake - time.monotonic())
        attempt += 1


sys.exit(main(*sys.argv[1:]))
