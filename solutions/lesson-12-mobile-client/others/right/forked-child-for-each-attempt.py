# Right: every attempt is a forked child that reports through a pipe; its sockets go when it ends, whichever way.
import ctypes
import json
import os
import random
import signal
import socket
import sys
import time
import traceback

LIMIT = 1024


def say(text):
    os.write(1, f"{text}\n".encode())


def shown(address):
    host, port = address[:2]
    return f"[{host}]:{port}" if len(address) == 4 else f"{host}:{port}"


def connected(host, port, patience):
    last = OSError("이름에 주소가 없습니다")
    for family, kind, protocol, _, address in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM):
        sock = socket.socket(family, kind, protocol)
        sock.settimeout(patience)
        try:
            sock.connect(address)
            return sock
        except OSError as error:
            last = error
            sock.close()
    raise last


def talk(host, port, patience):
    with connected(host, port, patience) as server:
        say("연결되었습니다: " + shown(server.getpeername()))
        server.sendall("지금 몇 시예요?\n".encode())
        deadline = time.monotonic() + patience
        kept = bytearray()
        while b"\n" not in kept:
            if len(kept) >= LIMIT:
                raise ValueError
            left = deadline - time.monotonic()
            if left <= 0:
                raise TimeoutError
            server.settimeout(left)
            piece = server.recv(64)
            if not piece:
                raise EOFError
            kept += piece
        return kept.partition(b"\n")[0].decode()


def outcome(host, port, patience):
    """(did it work, is another attempt worth while, what to tell)"""
    try:
        return True, False, talk(host, port, patience)
    except ConnectionRefusedError:
        return False, True, "연결이 거절됨"
    except TimeoutError:
        return False, True, "시간이 다 됨"
    except (ConnectionResetError, ConnectionAbortedError):
        return False, True, "연결이 끊어짐"
    except EOFError:
        return False, True, "답이 도중에 끝남"
    except ValueError:
        return False, False, "답을 읽을 수 없음"
    except OSError as error:
        return False, True, str(error)


def in_a_child(*what):
    reading, writing = os.pipe()
    parent = os.getpid()
    child = os.fork()
    if not child:
        try:
            ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG
            if os.getppid() != parent:
                os._exit(1)
            os.close(reading)
            with open(writing, "w", encoding="utf-8") as report:
                json.dump(outcome(*what), report)
            os._exit(0)
        except BaseException:
            traceback.print_exc()
            os._exit(1)
    os.close(writing)
    with open(reading, encoding="utf-8") as report:
        text = report.read()
    os.waitpid(child, 0)
    return json.loads(text)


def main(address="localhost:12345", patience="3000", pause="300", *_):
    patience = int(patience) / 1000 if patience.isdecimal() else 3.0
    pause = int(pause) / 1000 if pause.isdecimal() else 0.3
    host, colon, port = address.rpartition(":")
    if not colon or not port.isdecimal() or int(port) > 65535:
        return f"오류: {address}: 호스트:포트 꼴이 아닙니다"
    number = 0
    while True:
        number += 1
        worked, again, told = in_a_child(host.strip("[]"), int(port), patience)
        if worked:
            say("서버의 답: " + told)
            return 0
        if not again or number == 4:
            return f"오류: {address}: {told}"
        say(f"{number}번째 시도 실패: {told}")
        time.sleep(pause * random.uniform(1, 1.5))
        pause *= 2


sys.exit(main(*sys.argv[1:]))
