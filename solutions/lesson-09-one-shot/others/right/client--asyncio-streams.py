# Right: asyncio streams, read 4 bytes at a time with wait_for of 10 s each.
import asyncio
import sys


async def ask(address):
    host, port = address.rsplit(":", 1)
    reader, writer = await asyncio.open_connection(host, int(port))
    writer.write("안녕하세요? 반갑습니다!".encode())
    writer.write(b"\n")
    await writer.drain()
    reply = bytearray()
    try:
        while piece := await asyncio.wait_for(reader.read(4), 10):
            reply.extend(piece)
    finally:
        writer.close()
    if not reply:
        raise EOFError("no reply")
    return reply.decode().rstrip()


sys.stdout.reconfigure(encoding="utf-8")
try:
    reply = asyncio.run(ask(sys.argv[1] if len(sys.argv) > 1 else "127.0.0.1:12345"))
except (OSError, EOFError, ValueError, asyncio.TimeoutError) as error:
    sys.stderr.write(f"error: {error!r}\n")
    raise SystemExit(9)
sys.stdout.write(f"서버의 답: {reply}\n")
