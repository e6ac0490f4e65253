# Right: the sched module runs the attempts as events, each failure enters the next one; the reply is awaited with select on a non-blocking socket.
import random
import sched
import select
import socket
import sys
import time

ATTEMPTS = 4
LIMIT = 1024


class Stays(Exception):
    """A failure that no retry will mend."""


def reason(error):
    match error:
        case ConnectionRefusedError():
            return "연결이 거절됨"
        case TimeoutError():
            return "시간이 다 됨"
        case ConnectionError():
            return "연결이 끊어짐"
        case EOFError():
            return "답이 도중에 끝남"
        case _:
            return str(error)


class Errand:
    def __init__(self, host, port, patience):
        self.host, self.port, self.patience = host, port, patience
        self.clock = sched.scheduler(time.monotonic, time.sleep)
        self.reply = self.failure = None

    def run(self, pause):
        self.clock.enter(0, 1, self.attempt, (1, pause))
        self.clock.run()
        if self.failure:
            raise self.failure
        return self.reply

    def attempt(self, number, pause):
        try:
            with self.connected() as server:
                self.reply = self.ask(server)
        except Stays as failure:
            self.failure = failure
        except (OSError, EOFError) as failure:
            if number == ATTEMPTS:
                self.failure = failure
                return
            print(f"{number}번째 시도 실패: {reason(failure)}", flush=True)
            rest = pause * random.uniform(1, 1.5)
            self.clock.enter(rest, 1, self.attempt, (number + 1, pause * 2))

    def connected(self):
        last = OSError("이름에 주소가 없습니다")
        for family, kind, protocol, _, address in socket.getaddrinfo(
            self.host, self.port, type=socket.SOCK_STREAM
        ):
            try:
                sock = socket.socket(family, kind, protocol)
            except OSError as error:
                last = error
                continue
            try:
                sock.settimeout(self.patience)
                sock.connect(address)
                return sock
            except OSError as error:
                sock.close()
                last = error
        raise last

    def ask(self, server):
        host, port = server.getpeername()[:2]
        print("연결되었습니다:", f"[{host}]:{port}" if ":" in host else f"{host}:{port}", flush=True)
        server.sendall("지금 몇 시예요?\n".encode())
        server.setblocking(False)
        until = time.monotonic() + self.patience
        reply = b""
        while b"\n" not in reply and len(reply) < LIMIT:
            left = until - time.monotonic()
            if left <= 0 or not select.select([server], [], [], left)[0]:
                raise TimeoutError
            try:
                piece = server.recv(LIMIT - len(reply))
            except BlockingIOError:
                continue
            if not piece:
                raise EOFError
            reply += piece
        line, newline, _ = reply.partition(b"\n")
        try:
            if newline:
                return line.decode()
        except UnicodeDecodeError:
            pass
        raise Stays("답을 읽을 수 없음")


def main(address="localhost:12345", patience="3000", pause="300", *_):
    try:
        host, colon, port = address.rpartition(":")
        if not colon or not port.isdecimal() or int(port) > 65535:
            raise Stays("호스트:포트 꼴이 아닙니다")
        patience = int(patience) if patience.isdecimal() else 3000
        pause = int(pause) if pause.isdecimal() else 300
        errand = Errand(host.strip("[]"), int(port), patience / 1000)
        print("서버의 답:", errand.run(pause / 1000), flush=True)
    except (OSError, EOFError, Stays) as error:
        sys.exit(f"오류: {address}: {reason(error)}")


main(*sys.argv[1:])
