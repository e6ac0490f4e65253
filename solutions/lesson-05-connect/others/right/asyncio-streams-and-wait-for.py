# Right: asyncio's open_connection under wait_for, the name looked up by the loop, the status found in a table of exception types.
import asyncio
import socket
import sys

LIMIT = 0.5
STATUS = [
    (ConnectionRefusedError, 12, "{}에서 거절했습니다. 서버를 켰나요?"),
    ((asyncio.TimeoutError, TimeoutError), 13, "{}에서 답이 없습니다."),
    (OSError, 1, "{}에 연결할 수 없습니다: {!r}"),
]


class Over(Exception):
    def __init__(self, status, sentence):
        self.status = status
        super().__init__(sentence)


async def lookup(text):
    match text.rsplit(":", 1):
        case [host, port] if port.isdecimal() and port.isascii() and int(port) < 1 << 16:
            pass
        case _:
            raise Over(10, f"{text}: 호스트:포트를 주세요")
    bare = host[1:-1] if host[:1] + host[-1:] == "[]" else host
    try:
        if not bare:
            raise UnicodeError
        found = await asyncio.get_running_loop().getaddrinfo(bare, int(port), type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise Over(11, f"{text}: 그런 호스트가 없습니다") from None
    return found[0]


def written(address):
    return ("[{}]:{}" if ":" in address[0] else "{}:{}").format(*address)


async def main(text):
    family, _, _, _, address = await lookup(text)
    try:
        _, writer = await asyncio.wait_for(
            asyncio.open_connection(address[0], address[1], family=family), LIMIT
        )
    except OSError as error:
        failed = error
    except asyncio.TimeoutError as error:
        failed = error
    else:
        print("연결되었습니다.", flush=True)
        own, peer = (writer.get_extra_info(which) for which in ("sockname", "peername"))
        print(f"내 쪽 {written(own)}, 상대 쪽 {written(peer)}", flush=True)
        writer.close()
        await writer.wait_closed()
        return
    for kinds, status, sentence in STATUS:
        if isinstance(failed, kinds):
            raise Over(status, sentence.format(written(address), failed))


try:
    asyncio.run(main(*(sys.argv[1:2] or ["127.0.0.1:12345"])))
except Over as over:
    print(f"오류: {over}", file=sys.stderr)
    sys.exit(over.status)
