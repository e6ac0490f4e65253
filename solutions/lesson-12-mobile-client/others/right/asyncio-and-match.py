# Right: asyncio's socket calls with a time limit around each wait; the loop over attempts ends in an else; failures are named by match.
import asyncio
import random
import socket
import sys

QUESTION = "지금 몇 시예요?\n".encode()


class Hopeless(Exception):
    pass


def show(end):
    return ("[{}]:{}" if ":" in end[0] else "{}:{}").format(*end)


def reason(error):
    match error:
        case ConnectionRefusedError():
            return "연결이 거절됨"
        case TimeoutError():
            return "시간이 다 됨"
        case ConnectionResetError() | ConnectionAbortedError():
            return "연결이 끊어짐"
        case EOFError():
            return "답이 도중에 끝남"
        case _:
            return str(error)


async def connect(host, port, patience):
    loop, last = asyncio.get_running_loop(), OSError("no address")
    for family, kind, proto, _, address in await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM):
        sock = socket.socket(family, kind, proto)
        sock.setblocking(False)
        try:
            async with asyncio.timeout(patience):
                await loop.sock_connect(sock, address)
            return sock
        except OSError as error:
            last = error
            sock.close()
    raise last


async def ask(host, port, patience):
    loop = asyncio.get_running_loop()
    with await connect(host, port, patience) as sock:
        print("연결되었습니다:", show(sock.getpeername()[:2]), flush=True)
        reply = bytearray()
        async with asyncio.timeout(patience):
            await loop.sock_sendall(sock, QUESTION)
        async with asyncio.timeout(patience):
            while b"\n" not in reply:
                if len(reply) >= 1024:
                    raise Hopeless("답을 읽을 수 없음")
                piece = await loop.sock_recv(sock, 33)
                if not piece:
                    raise EOFError
                reply += piece
    try:
        return reply.split(b"\n")[0].decode()
    except UnicodeDecodeError:
        raise Hopeless("답을 읽을 수 없음") from None


async def main(address="localhost:12345", patience="3000", pause="300"):
    host, colon, port = address.rpartition(":")
    if not colon or not port.isdecimal():
        raise Hopeless(f"{address}: 호스트:포트 꼴이 아님")
    host = host.strip("[]")
    for number in (1, 2, 3):
        try:
            return await ask(host, int(port), int(patience) / 1000)
        except (OSError, EOFError) as error:
            print(f"{number}번째 시도 실패: {reason(error)}", flush=True)
        rest = int(pause) / 1000 * 2 ** (number - 1)
        await asyncio.sleep(rest * (1 + random.random() / 2))
    else:
        return await ask(host, int(port), int(patience) / 1000)


try:
    print("서버의 답:", asyncio.run(main(*sys.argv[1:4])), flush=True)
except (OSError, EOFError, Hopeless, ValueError) as error:
    print("giving up:", reason(error), file=sys.stderr)
    sys.exit(44)
