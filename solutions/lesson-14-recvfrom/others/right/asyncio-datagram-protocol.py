# Right: an asyncio DatagramProtocol, which is called for every datagram and answers through its transport.
import asyncio
import sys


def shown(address):
    host, port = address[:2]
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def text(data):
    try:
        whole = data.decode()
    except UnicodeDecodeError:
        return "글이 아닙니다"
    return whole[:30] + "…" * (len(whole) > 30)


class Post(asyncio.DatagramProtocol):
    def connection_made(self, transport):
        self.transport = transport
        print("서버가 시작되었습니다:", shown(transport.get_extra_info("sockname")), flush=True)

    def datagram_received(self, data, address):
        print(f"{shown(address)}: {text(data)}", flush=True)
        self.transport.sendto(b"%d" % len(data) + "바이트를 받았습니다".encode(), address)

    def error_received(self, error):
        print(error, file=sys.stderr)


async def main(address="127.0.0.1:12345"):
    host, port = address.rsplit(":", 1)
    await asyncio.get_running_loop().create_datagram_endpoint(Post, local_addr=(host.strip("[]"), int(port)))
    await asyncio.Event().wait()


sys.stdout.reconfigure(encoding="utf-8", newline="\r\n")
asyncio.run(main(*sys.argv[1:2]))
