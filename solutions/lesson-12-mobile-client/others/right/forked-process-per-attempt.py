# Right: every attempt is a forked child that connects, asks and reports its outcome in JSON over a pipe; the parent tells, rests and forks again.
import ctypes
import json
import os
import secrets
import signal
import socket
import sys
import time

ATTEMPTS, LIMIT = 4, 1024
QUESTION = "지금 몇 시예요?\n".encode()


def put(words):
    os.write(1, (words + "\n").encode())


def dial(host, port, patience):
    last = OSError("이름에 주소가 없습니다")
    for family, kind, protocol, _, address in socket.getaddrinfo(host, port, 0, socket.SOCK_STREAM):
        sock = socket.socket(family, kind, protocol)
        sock.settimeout(patience)
        try:
            sock.connect(address)
        except OSError as error:
            sock.close()
            last = error
        else:
            return sock
    raise last


def ask(host, port, patience):
    with dial(host, port, patience) as server:
        there = server.getpeername()
        put("연결되었습니다: " + ("[{}]:{}" if ":" in there[0] else "{}:{}").format(*there))
        server.sendall(QUESTION)
        until = time.monotonic() + patience
        reply = bytearray()
        while b"\n" not in reply and len(reply) < LIMIT:
            left = until - time.monotonic()
            if left <= 0:
                raise TimeoutError
            server.settimeout(left)
            piece = server.recv(97)
            if not piece:
                raise EOFError
            reply += piece
        return reply[:reply.index(b"\n")].decode()


def outcome(*where):
    try:
        return {"reply": ask(*where)}
    except ValueError:
        return {"why": "답을 읽을 수 없음", "again": False}
    except EOFError:
        return {"why": "답이 도중에 끝남", "again": True}
    except ConnectionRefusedError:
        return {"why": "연결이 거절됨", "again": True}
    except TimeoutError:
        return {"why": "시간이 다 됨", "again": True}
    except (ConnectionResetError, ConnectionAbortedError):
        return {"why": "연결이 끊어짐", "again": True}
    except OSError as error:
        return {"why": str(error), "again": True}


def attempt(*where):
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            ctypes.CDLL(None).prctl(1, signal.SIGKILL)
            os.write(writing, json.dumps(outcome(*where)).encode())
        finally:
            os._exit(0)
    os.close(writing)
    with open(reading, "rb") as pipe:
        told = pipe.read()
    os.waitpid(pid, 0)
    return json.loads(told) if told else {"why": "시도가 사라짐", "again": True}


def keep_trying(pause, *where):
    for number in range(1, ATTEMPTS + 1):
        result = attempt(*where)
        if "reply" in result or not result["again"] or number == ATTEMPTS:
            return result
        put(f"{number}번째 시도 실패: {result['why']}")
        time.sleep(pause * (1 + secrets.randbelow(512) / 1024))
        pause *= 2


def number(text, default):
    return (int(text) if text.isascii() and text.isdecimal() else default) / 1000


given = dict(enumerate(sys.argv))
address = given.get(1, "localhost:12345")
host, colon, port = address.rpartition(":")
if not colon or not port.isdecimal() or int(port) > 65535:
    sys.exit(f"오류: {address}: 호스트:포트 꼴이 아닙니다")
result = keep_trying(
    number(given.get(3, ""), 300), host.strip("[]"), int(port), number(given.get(2, ""), 3000)
)
if "reply" in result:
    put("서버의 답: " + result["reply"])
else:
    sys.exit(f"오류: {address}: {result['why']}")
