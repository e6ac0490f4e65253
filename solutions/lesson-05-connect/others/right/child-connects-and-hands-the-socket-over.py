# Right: a forked child connects and hands the connected socket to its parent over a Unix pair; the parent waits for it no longer than the limit.
import array
import errno
import os
import select
import signal
import socket
import struct
import sys

LIMIT = 0.5
BAD_ADDRESS, UNKNOWN_HOST, REFUSED, TIMED_OUT, SOMETHING_ELSE = 10, 11, 12, 13, 1


class Failure(Exception):
    def __init__(self, status, sentence):
        self.status, self.sentence = status, sentence


def resolve(text):
    host, colon, port = text.rpartition(":")
    if not colon or not (port.isascii() and port.isdecimal()) or int(port) > 0xFFFF:
        raise Failure(BAD_ADDRESS, f"{text}은(는) 호스트:포트 꼴이 아닙니다.")
    if host.startswith("[") and host.endswith("]"):
        host = host[1:-1]
    try:
        return socket.getaddrinfo(host, int(port), type=socket.SOCK_STREAM)[0]
    except (OSError, UnicodeError):
        raise Failure(UNKNOWN_HOST, f"{text}의 호스트를 찾을 수 없습니다.") from None


def child(family, kind, protocol, address, back):
    signal.alarm(2)  # 부모가 죽어도 남지 않습니다 / does not outlive a parent that died
    sock = socket.socket(family, kind, protocol)
    code = sock.connect_ex(address)
    rights = [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", [sock.fileno()]))]
    back.sendmsg([struct.pack("i", code)], [] if code else rights)
    os._exit(0)


def connect(family, kind, protocol, _, address):
    here, there = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
    pid = os.fork()
    if pid == 0:
        try:
            child(family, kind, protocol, address, there)
        finally:
            os._exit(1)
    there.close()
    try:
        if not select.select([here], [], [], LIMIT)[0]:
            raise OSError(errno.ETIMEDOUT, os.strerror(errno.ETIMEDOUT))
        told, ancillary, _, _ = here.recvmsg(4, socket.CMSG_SPACE(4))
        if len(told) < 4:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        (code,) = struct.unpack("i", told)
        if code:
            raise OSError(code, os.strerror(code))
        return socket.socket(fileno=struct.unpack("i", ancillary[0][2][:4])[0])
    finally:
        here.close()
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)


def written(address):
    return ("[{}]:{}" if ":" in address[0] else "{}:{}").format(*address)


def main(text="127.0.0.1:12345", *_):
    try:
        with connect(*resolve(text)) as sock:
            print("연결되었습니다.", flush=True)
            own, peer = written(sock.getsockname()), written(sock.getpeername())
            print(f"내 쪽 {own}, 상대 쪽 {peer}", flush=True)
    except ConnectionRefusedError:
        raise Failure(REFUSED, f"{text}에서 아무도 듣고 있지 않습니다.") from None
    except TimeoutError:
        raise Failure(TIMED_OUT, f"{text}에서 {LIMIT}초 동안 답이 없습니다.") from None
    except OSError as error:
        raise Failure(SOMETHING_ELSE, f"{text}에 연결할 수 없습니다: {error}") from None


try:
    main(*sys.argv[1:])
except Failure as failure:
    print("오류:", failure.sentence, file=sys.stderr)
    sys.exit(failure.status)
