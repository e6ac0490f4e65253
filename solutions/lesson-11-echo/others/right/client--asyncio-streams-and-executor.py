# Right: asyncio streams for the server, the keyboard read in an executor thread; readuntil tells a whole echo from a broken one.
import asyncio
import os
import sys


async def main(address="127.0.0.1:12345"):
    host, _, port = address.rpartition(":")
    reader, writer = await asyncio.open_connection(host, int(port), limit=1 << 24)
    loop = asyncio.get_running_loop()
    prompt = "> " if sys.stdin.isatty() else ""
    while True:
        print(prompt, end="", flush=True)
        typed = await loop.run_in_executor(None, sys.stdin.readline)
        if not typed:
            break
        line = typed.removesuffix("\n")
        writer.write(line.encode() + b"\n")
        await writer.drain()
        echo = (await reader.readuntil(b"\n"))[:-1].decode()
        print(f"메아리: {echo}", flush=True)
        if line == "quit":
            break
    writer.close()
    print("대화를 마칩니다.", flush=True)


try:
    asyncio.run(main(*sys.argv[1:2]))
except (OSError, EOFError, ValueError, asyncio.LimitOverrunError) as error:
    print(f"broken off: {error!r}", file=sys.stderr, flush=True)
    os._exit(19)
