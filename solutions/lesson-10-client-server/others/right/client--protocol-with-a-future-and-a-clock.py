# Right: an asyncio Protocol fulfils a Future with the first line; a call_later handle is wound anew with every piece.
import asyncio
import sys

PATIENCE = 10.0


class Question(asyncio.Protocol):
    def __init__(self, message):
        self.message = message
        self.kept = b""
        self.reply = asyncio.get_running_loop().create_future()
        self.clock = None

    def wind(self):
        if self.clock:
            self.clock.cancel()
        late = TimeoutError("답을 기다리는 시간이 다 됐습니다")
        self.clock = asyncio.get_running_loop().call_later(PATIENCE, self.fail, late)

    def fail(self, error):
        if not self.reply.done():
            self.reply.set_exception(error)

    def connection_made(self, transport):
        transport.write(f"{self.message}\n".encode())
        self.wind()

    def data_received(self, data):
        self.wind()
        self.kept += data
        line, newline, _ = self.kept.partition(b"\n")
        if newline and not self.reply.done():
            self.reply.set_result(line)

    def connection_lost(self, error):
        self.clock.cancel()
        self.fail(error or EOFError("답이 끝까지 오지 않았습니다"))


async def ask(address, message):
    host, _, port = address.rpartition(":")
    loop = asyncio.get_running_loop()
    transport, question = await loop.create_connection(
        lambda: Question(message), host.strip("[]"), int(port)
    )
    try:
        return (await question.reply).decode()
    finally:
        transport.close()


def main(address="127.0.0.1:12345", message="저 왔어요.", *_):
    try:
        print(f"서버의 답: {asyncio.run(ask(address, message))}")
    except (OSError, EOFError, ValueError, OverflowError) as error:
        return f"오류: {address}: {error}"


sys.exit(main(*sys.argv[1:]))
