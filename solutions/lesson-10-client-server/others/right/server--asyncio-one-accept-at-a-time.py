# Right: asyncio's socket calls with asyncio.timeout around the whole conversation; accept races against an event that stop, SIGINT and SIGTERM set.
import asyncio
import os
import signal
import socket
import sys
import threading


class Lost(Exception):
    pass


async def receive(loop, client):
    message = b""
    while b"\n" not in message:
        chunk = await loop.sock_recv(client, 200)
        if not chunk:
            break
        message += chunk
        if len(message) > 1024:
            raise Lost("읽을 수 없는 메시지")
    if not message:
        raise Lost("아무 말 없이 떠남")
    try:
        return message.partition(b"\n")[0].decode().rstrip()
    except UnicodeDecodeError:
        raise Lost("읽을 수 없는 메시지") from None


async def serve(loop, client, guest, patience):
    message = None
    try:
        async with asyncio.timeout(patience):
            heard = await receive(loop, client)
            await loop.sock_sendall(client, f"{guest}번째 손님, 반갑습니다.\n".encode())
            message = heard
            client.shutdown(socket.SHUT_WR)
            while await loop.sock_recv(client, 9999):
                pass
    except TimeoutError:
        if message is None:
            raise Lost("시간이 다 됨") from None
    except OSError:
        if message is None:
            raise Lost("연결이 끊김") from None
    return message


async def main(address="127.0.0.1:12345", patience="5000"):
    host, _, port = address.rpartition(":")
    loop, over = asyncio.get_running_loop(), asyncio.Event()

    def keyboard():
        for line in sys.stdin:
            if line.strip() == "stop":
                loop.call_soon_threadsafe(over.set)

    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, over.set)
    threading.Thread(target=keyboard, daemon=True).start()
    guest = 0
    with socket.create_server((host, int(port))) as listener:
        listener.setblocking(False)
        print("서버가 시작되었습니다: {}:{} (stop이나 Ctrl-C로 끝냅니다)".format(*listener.getsockname()), flush=True)
        stop = asyncio.create_task(over.wait())
        while True:
            accept = asyncio.create_task(loop.sock_accept(listener))
            await asyncio.wait({accept, stop}, return_when=asyncio.FIRST_COMPLETED)
            if over.is_set():
                if accept.done() and not accept.exception():
                    accept.result()[0].close()
                break
            try:
                client, _ = accept.result()
            except OSError as error:
                print(f"accept: {error}", file=sys.stderr, flush=True)
                await asyncio.sleep(0.1)
                continue
            guest += 1
            with client:
                client.setblocking(False)
                try:
                    told = f"{guest}번째 손님: {await serve(loop, client, guest, int(patience) / 1000)}"
                except Lost as lost:
                    told = f"{guest}번째 손님을 놓쳤습니다: {lost}"
            print(told, flush=True)
    print(f"서버를 마칩니다. 손님 {guest}명", flush=True)
    os._exit(0)


try:
    asyncio.run(main(*sys.argv[1:3]))
except (OSError, ValueError) as error:
    print(error, file=sys.stderr)
    os._exit(3)
