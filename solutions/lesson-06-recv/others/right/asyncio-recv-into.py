# Right: asyncio's low-level sock_accept and sock_recv_into, one client after another, into a buffer of 3 bytes.
import asyncio
import os
import socket
import sys


def say(line):
    data = (line + "\n").encode("utf-8", "surrogatepass")
    while data:
        data = data[os.write(1, data):]


async def gather(loop, client, message):
    buffer = bytearray(3)
    view = memoryview(buffer)
    while count := await loop.sock_recv_into(client, buffer):
        message += view[:count]


def told(message):
    try:
        return "메시지: " + str(message, "utf-8")
    except UnicodeDecodeError as error:
        return f"UTF-8이 아닙니다: {error.start}바이트까지만 글자입니다"


async def main(address):
    host, port = address.rsplit(":", 1)
    loop = asyncio.get_running_loop()
    listener = socket.create_server((host, int(port)), backlog=128)
    listener.setblocking(False)
    say("서버가 시작되었습니다: %s:%d" % listener.getsockname())
    while True:
        client, _ = await loop.sock_accept(listener)
        message = bytearray()
        try:
            await gather(loop, client, message)
            line = told(message)
        except ConnectionResetError:
            line = "상대가 연결을 끊었습니다 (RST)"
        except OSError as error:
            line = f"오류: {error}"
        finally:
            client.close()
        say(f"받은 바이트: {len(message)}")
        say(line)


asyncio.run(main(*(sys.argv[1:2] or ["127.0.0.1:12345"])))
