# Right: asyncio: a reader parses into a queue, another task obeys; the pause is a wait with a time limit.
import asyncio
import os
import sys
import threading

done = 0


async def frames(reader, queue):
    buffer = b""
    while piece := await reader.read(7):
        buffer += piece
        while len(buffer) >= 4:
            size = int.from_bytes(buffer[:4], "big")
            if size > 1024:
                raise ValueError("a frame is too long")
            if len(buffer) < 4 + size:
                break
            await queue.put(buffer[4 : 4 + size].decode())
            buffer = buffer[4 + size :]


async def obey(queue, writer, address, connected):
    global done
    word, number = (await queue.get()).split(" ")
    if word != "after" or not number.isdigit():
        raise ValueError("not an answer")
    done = int(number)
    connected.append(True)
    print(f"연결되었습니다: {address}", flush=True)
    while True:
        number, command = (await queue.get()).split(" ", 1)
        if not number.isdigit():
            raise ValueError("not a command")
        if int(number) > done:
            print(f"명령: {command}", flush=True)
            done = int(number)
        answer(writer, f"done {number}")


def answer(writer, text):
    writer.write(len(text).to_bytes(4, "big") + text.encode())


async def once(address):
    host, port = address.rsplit(":", 1)
    connected = []
    writer = None
    try:
        reader, writer = await asyncio.open_connection(host, int(port))
        answer(writer, f"last {done}")
        queue = asyncio.Queue()
        reading = asyncio.ensure_future(frames(reader, queue))
        obeying = asyncio.ensure_future(obey(queue, writer, address, connected))
        ended, _ = await asyncio.wait({reading, obeying}, return_when=asyncio.FIRST_COMPLETED)
        if reading in ended:
            await asyncio.sleep(0)
        obeying.cancel()
        reading.cancel()
        for task in ended:
            task.result()
    except (OSError, ValueError, UnicodeDecodeError) as error:
        print(error, file=sys.stderr)
    if writer:
        writer.close()
    return bool(connected)


async def main():
    address = sys.argv[1] if len(sys.argv) > 1 else "127.0.0.1:9090"
    pause, told = 0.1, False
    while True:
        if await once(address):
            pause, told = 0.1, False
        if not told:
            print("끊겼습니다", flush=True)
            told = True
        await asyncio.sleep(pause)
        pause = min(2.0, 2 * pause)


def keyboard():
    if sys.stdin.readline():
        os._exit(0)


threading.Thread(target=keyboard, daemon=True).start()
asyncio.run(main())
