# Right: connect blocks for as long as it likes; an interval timer's signal (SIGALRM after 500 ms) raises out of it.
import errno
import signal
import socket
import sys


class TimeUp(Exception):
    pass


def ring(*_):
    raise TimeUp


def resolve(text):
    host, colon, port = text.rpartition(":")
    if not colon or not (port.isascii() and port.isdigit()) or int(port) > 65535:
        return None
    if host.startswith("[") and host.endswith("]"):
        host = host[1:-1]
    elif not host:
        raise LookupError
    try:
        return socket.getaddrinfo(host, int(port), 0, socket.SOCK_STREAM, socket.IPPROTO_TCP)[0]
    except (OSError, UnicodeError, IndexError):
        raise LookupError from None


def end(name):
    return f"[{name[0]}]:{name[1]}" if len(name) > 2 else f"{name[0]}:{name[1]}"


def main(text):
    try:
        found = resolve(text)
    except LookupError:
        return 11, f"{text}의 호스트를 찾을 수 없습니다."
    if found is None:
        return 10, f"{text}은(는) 호스트:포트 꼴이 아닙니다."
    family, kind, protocol, _, address = found
    where = end(address)
    signal.signal(signal.SIGALRM, ring)
    with socket.socket(family, kind, protocol) as sock:
        try:
            try:
                signal.setitimer(signal.ITIMER_REAL, 0.5)
                sock.connect(address)
            finally:
                signal.setitimer(signal.ITIMER_REAL, 0)
        except TimeUp:
            return 13, f"{where}: 500 ms 동안 답이 없습니다."
        except OSError as error:
            if error.errno == errno.ECONNREFUSED:
                return 12, f"{where}: 듣는 쪽이 없습니다."
            if error.errno == errno.ETIMEDOUT:
                return 13, f"{where}: 답이 없습니다."
            return 1, f"{where}: {error}"
        print("연결되었습니다.", flush=True)
        try:
            print(f"내 쪽 {end(sock.getsockname())}, 상대 쪽 {end(sock.getpeername())}", flush=True)
        except OSError as error:
            return 1, f"{where}: {error}"
    return 0, ""


status, sentence = main(sys.argv[1] if len(sys.argv) > 1 else "127.0.0.1:12345")
if sentence:
    print("오류:", sentence, file=sys.stderr)
sys.exit(status)
