# Right: an asyncio loop over a select() selector holds the bound socket and watches the keyboard with add_reader; stdout ends its line in CR LF.
import asyncio
import ipaddress
import os
import selectors
import socket
import sys


class Sentence(Exception):
    pass


def understood(text):
    host, colon, port = text.rpartition(":")
    try:
        if not (colon and port.isascii() and port.isdecimal() and int(port) < 65536):
            raise ValueError
        if host.startswith("[") and host.endswith("]"):
            return socket.AF_INET6, (str(ipaddress.IPv6Address(host[1:-1])), int(port))
        return socket.AF_INET, (str(ipaddress.IPv4Address(host)), int(port))
    except ValueError:
        raise Sentence(f"{text}은(는) 주소가 아닙니다") from None


async def hold(text):
    family, where = understood(text)
    loop = asyncio.get_running_loop()
    enter = loop.create_future()
    typed = bytearray()

    def on_keyboard():
        chunk = os.read(0, 64)
        typed.extend(chunk)
        if (not chunk or b"\n" in typed) and not enter.done():
            loop.remove_reader(0)
            enter.set_result(None)

    with socket.socket(family, socket.SOCK_STREAM | socket.SOCK_NONBLOCK) as held:
        held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, True)
        try:
            held.bind(where)
        except OSError as error:
            match error:
                case OSError(errno=98):
                    raise Sentence(f"{text}은(는) 다른 프로그램이 쓰고 있습니다. 다른 포트를 고르거나 그 프로그램을 끝내세요.")
                case _:
                    raise Sentence(f"{text}에 묶을 수 없습니다: {error}")
        host, port = held.getsockname()[:2]
        bound = f"[{host}]:{port}" if family == socket.AF_INET6 else f"{host}:{port}"
        sys.stdout.buffer.write(f"묶었습니다: {bound} (Enter)\r\n".encode())
        sys.stdout.buffer.flush()
        loop.add_reader(0, on_keyboard)
        await enter


loop = asyncio.SelectorEventLoop(selectors.SelectSelector())
try:
    loop.run_until_complete(hold(sys.argv[1] if sys.argv[1:] else "127.0.0.1:12345"))
except Sentence as sentence:
    print(f"오류: {sentence}", file=sys.stderr)
    sys.exit(1)
finally:
    loop.close()
