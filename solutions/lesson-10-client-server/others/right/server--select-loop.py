# Right: one select over the listener, stdin and a wake-up pair for signals; no thread, and nobody connects to wake it.
import os
import select
import signal
import socket
import sys
import time


class Lost(Exception):
    pass


def say(line):
    sys.stdout.buffer.write(line.encode() + b"\r\n")
    sys.stdout.buffer.flush()


def piece(client, deadline):
    left = deadline - time.monotonic()
    ready = select.select([client], [], [], left)[0] if left > 0 else []
    if not ready:
        raise Lost("시간이 다 됨")
    return client.recv(100)


def serve(client, guest, deadline):
    message = bytearray()
    while b"\n" not in message:
        more = piece(client, deadline)
        if not more:
            break
        message += more
        if len(message) > 1024:
            raise Lost("읽을 수 없는 메시지")
    if not message:
        raise Lost("아무 말 없이 떠남")
    try:
        text = message.partition(b"\n")[0].decode().rstrip()
    except UnicodeDecodeError:
        raise Lost("읽을 수 없는 메시지") from None
    with client.makefile("w", encoding="utf-8", newline="\n") as out:
        print(f"{guest}번째 손님, 반갑습니다.", file=out)
    try:
        client.shutdown(socket.SHUT_WR)
        while piece(client, deadline):
            pass
    except (Lost, OSError):
        pass
    return text


def main(address="127.0.0.1:12345", patience="5000"):
    host, port = address.rsplit(":", 1)
    near, far = socket.socketpair()
    far.setblocking(False)
    signal.set_wakeup_fd(far.fileno())
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: None)
    typed, watched, guest = b"", [near, 0], 0
    with socket.create_server((host, int(port)), backlog=128) as listener:
        say("서버가 시작되었습니다: %s:%d (stop이나 Ctrl-C로 끝냅니다)" % listener.getsockname())
        watched.append(listener)
        while True:
            ready = select.select(watched, [], [])[0]
            if near in ready:
                break
            if 0 in ready:
                more = os.read(0, 4096)
                typed += more
                *lines, typed = typed.split(b"\n")
                if not more:
                    watched.remove(0)
                    lines.append(typed)
                if any(line.strip() == b"stop" for line in lines):
                    break
            if listener in ready:
                try:
                    client, _ = listener.accept()
                except OSError:
                    continue
                guest += 1
                with client:
                    try:
                        told = f"{guest}번째 손님: {serve(client, guest, time.monotonic() + int(patience) / 1000)}"
                    except Lost as why:
                        told = f"{guest}번째 손님을 놓쳤습니다: {why}"
                    except OSError:
                        told = f"{guest}번째 손님을 놓쳤습니다: 연결이 끊김"
                say(told)
    say(f"서버를 마칩니다. 손님 {guest}명")


try:
    main(*sys.argv[1:3])
except OSError as error:
    sys.exit(f"cannot run: {error}")
