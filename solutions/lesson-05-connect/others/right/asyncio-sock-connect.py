# Right: asyncio's sock_connect under wait_for; each failure is an own exception class that carries its status.
import asyncio
import re
import socket
import sys


class Failure(Exception):
    status = 1


class Malformed(Failure):
    status = 10


class Unknown(Failure):
    status = 11


class Refused(Failure):
    status = 12


class Silent(Failure):
    status = 13


def show(end):
    return ("[%s]:%d" if ":" in end[0] else "%s:%d") % end[:2]


async def find(text):
    form = re.fullmatch(r"(.*):([0-9]{1,5})", text, re.DOTALL)
    if form is None or int(form[2]) > 0xFFFF:
        raise Malformed(f"{text!s}: expected host:port")
    host = form[1].removeprefix("[").removesuffix("]")
    try:
        found = await asyncio.get_running_loop().getaddrinfo(host, int(form[2]), type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise Unknown(f"{text}: no such host ({error})") from error
    return found[0]


async def main(text="127.0.0.1:12345"):
    family, kind, protocol, _, address = await find(text)
    with socket.socket(family, kind, protocol) as sock:
        sock.setblocking(False)
        try:
            await asyncio.wait_for(asyncio.get_running_loop().sock_connect(sock, address), 0.5)
        except ConnectionRefusedError:
            raise Refused(f"{show(address)}: refused") from None
        except (TimeoutError, asyncio.TimeoutError):
            raise Silent(f"{show(address)}: no answer in half a second") from None
        except OSError as error:
            raise Failure(f"{show(address)}: {error}") from None
        print("연결되었습니다.", flush=True)
        print(f"내 쪽 {show(sock.getsockname())}, 상대 쪽 {show(sock.getpeername())}", flush=True)


try:
    asyncio.run(main(*sys.argv[1:2]))
except Failure as failure:
    print(failure, file=sys.stderr)
    sys.exit(failure.status)
