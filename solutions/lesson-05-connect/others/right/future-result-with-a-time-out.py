# Right: connect runs in a daemon thread that fills a concurrent Future; main asks for its result for half a second.
import concurrent.futures
import enum
import functools
import os
import socket
import sys
import threading


class Status(enum.IntEnum):
    ELSE = 1
    FORM = 10
    HOST = 11
    REFUSED = 12
    SILENCE = 13


class Failure(Exception):
    def __init__(self, status, sentence):
        super().__init__(sentence)
        self.status = status


def resolve(text):
    host, colon, port = text.rpartition(":")
    try:
        if not colon:
            raise ValueError
        number = int(port)
        if not port.isdecimal() or not 0 <= number < 1 << 16:
            raise ValueError
    except ValueError:
        raise Failure(Status.FORM, f"{text}: 호스트:포트 꼴로 쓰세요") from None
    try:
        bare = host[1:-1] if (host[:1], host[-1:]) == ("[", "]") else host
        if not bare:
            raise OSError("호스트가 비었습니다")
        return socket.getaddrinfo(bare, number, type=socket.SOCK_STREAM)[0]
    except (OSError, UnicodeError):
        raise Failure(Status.HOST, f"{text}: 호스트를 찾을 수 없습니다") from None


def in_the_background(work):
    future = concurrent.futures.Future()

    def run():
        try:
            future.set_result(work())
        except BaseException as error:
            future.set_exception(error)

    threading.Thread(target=run, daemon=True).start()
    return future


def connected(place, text):
    family, kind, protocol, _, address = place
    sock = socket.socket(family, kind, protocol)
    future = in_the_background(functools.partial(sock.connect, address))
    done, _ = concurrent.futures.wait([future], timeout=0.5)
    if not done:
        raise Failure(Status.SILENCE, f"{text}: 0.5초 동안 답이 없었습니다")
    match future.exception():
        case None:
            return sock
        case ConnectionRefusedError():
            raise Failure(Status.REFUSED, f"{text}: 거절되었습니다. 서버를 켰나요?")
        case TimeoutError():
            raise Failure(Status.SILENCE, f"{text}: 답이 없었습니다")
        case error:
            raise Failure(Status.ELSE, f"{text}: 연결할 수 없습니다: {error}")


def written(address):
    return ("[%s]:%d" if len(address) == 4 else "%s:%d") % address[:2]


def main():
    text = sys.argv[1] if len(sys.argv) > 1 else "127.0.0.1:12345"
    sock = connected(resolve(text), text)
    sys.stdout.write("연결되었습니다.\r\n")
    sys.stdout.write(f"내 쪽 {written(sock.getsockname())}, 상대 쪽 {written(sock.getpeername())}\r\n")
    sys.stdout.flush()
    sock.close()


try:
    main()
except Failure as failure:
    print("오류:", failure, file=sys.stderr, flush=True)
    # The thread may be in connect for two minutes more: do not wait for it.
    os._exit(failure.status)
