# Right: every socket is non-blocking; one generator walks the addresses, another the attempts; a selector with a deadline is the only wait.
import contextlib
import errno
import itertools
import os
import secrets
import selectors
import socket
import sys
import time

REFUSED, LATE, RESET, CUT, RUBBISH = "연결이 거절됨", "시간이 다 됨", "연결이 끊어짐", "답이 도중에 끝남", "답을 읽을 수 없음"
NAMES = {errno.ECONNREFUSED: REFUSED, errno.ETIMEDOUT: LATE, errno.ECONNRESET: RESET, errno.ECONNABORTED: RESET}


class No(Exception):
    pass


class Never(No):
    pass


def why(number):
    return No(NAMES.get(number) or os.strerror(number))


def wait(sock, event, deadline):
    with selectors.DefaultSelector() as selector:
        selector.register(sock, event)
        while (left := deadline - time.monotonic()) > 0:
            if selector.select(left):
                return
    raise No(LATE)


def open_to(family, address, patience):
    with contextlib.ExitStack() as stack:
        sock = stack.enter_context(socket.socket(family, socket.SOCK_STREAM | socket.SOCK_NONBLOCK))
        number = sock.connect_ex(address)
        if number == errno.EINPROGRESS:
            wait(sock, selectors.EVENT_WRITE, time.monotonic() + patience)
            number = sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
        if number:
            raise why(number)
        stack.pop_all()
        return sock


def connections(host, port, patience):
    """Yields, for each address in turn, a socket or the reason why there is none."""
    for family, _, _, _, address in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM):
        try:
            yield open_to(family, address, patience)
        except (No, OSError) as error:
            yield error if isinstance(error, No) else why(error.errno)


def talk(sock, patience):
    peer = sock.getpeername()
    print("연결되었습니다: " + (f"[{peer[0]}]:{peer[1]}" if len(peer) > 2 else f"{peer[0]}:{peer[1]}"), flush=True)
    question, deadline = "지금 몇 시예요?\n".encode(), time.monotonic() + patience
    while question:
        try:
            question = question[sock.send(question):]
        except BlockingIOError:
            wait(sock, selectors.EVENT_WRITE, deadline)
    deadline, reply = time.monotonic() + patience, b""
    while b"\n" not in reply:
        if len(reply) >= 1024:
            raise Never(RUBBISH)
        wait(sock, selectors.EVENT_READ, deadline)
        with contextlib.suppress(BlockingIOError):
            chunk = sock.recv(37)
            if not chunk:
                raise No(CUT)
            reply += chunk
    return reply.partition(b"\n")[0]


def attempts(host, port, patience):
    while True:
        try:
            outcome = No("이름에 주소가 없습니다")
            for outcome in connections(host, port, patience):
                if isinstance(outcome, socket.socket):
                    with outcome:
                        outcome = talk(outcome, patience)
                    break
        except socket.gaierror as error:
            outcome = No(str(error))
        except No as error:
            outcome = error
        except OSError as error:
            outcome = why(error.errno)
        yield outcome


def main():
    address, patience, pause = (sys.argv[1:4] + ["localhost:12345", "3000", "300"][len(sys.argv[1:4]):])
    host, _, port = address.rpartition(":")
    try:
        port = int(port)
        if not host or not 0 <= port < 65536:
            raise ValueError
        patience, pause = int(patience) / 1000, int(pause) / 1000
    except ValueError:
        return f"오류: {address}: 쓸 수 없는 인자입니다"
    for number, outcome in zip(itertools.count(1), attempts(host.strip("[]"), port, patience)):
        if isinstance(outcome, bytes):
            try:
                line = outcome.decode()
            except UnicodeDecodeError:
                outcome = Never(RUBBISH)
            else:
                print(f"서버의 답: {line}", flush=True)
                return 0
        if number == 4 or isinstance(outcome, Never):
            return f"오류: {address}: {outcome}"
        print(f"{number}번째 시도 실패: {outcome}", flush=True)
        jitter = secrets.randbelow(1000) / 2000
        time.sleep(pause * (1 + jitter))
        pause *= 2


sys.exit(main())
