# Right: no thread at all: between two guests one poll watches the keyboard, the signal's wakeup pipe and the door.
import os
import select
import signal
import socket
import sys
import time

LIMIT = 1024


class Lost(Exception):
    pass


def say(text):
    rest = (text + "\n").encode()
    while rest:
        rest = rest[os.write(1, rest):]


def some(client, deadline):
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    client.settimeout(left)
    return client.recv(200)


def serve(client, guest, deadline):
    heard = bytearray()
    while b"\n" not in heard and (piece := some(client, deadline)):
        heard += piece
        if len(heard) > LIMIT:
            raise Lost("읽을 수 없는 메시지")
    if not heard:
        raise Lost("아무 말 없이 떠남")
    try:
        message = heard[: heard.find(b"\n") if b"\n" in heard else None].decode()
    except UnicodeDecodeError:
        raise Lost("읽을 수 없는 메시지") from None
    client.sendall(f"{guest}번째 손님, 반갑습니다.\n".encode())
    try:
        client.shutdown(socket.SHUT_WR)
        while some(client, deadline):
            pass
    except OSError:
        pass
    return message.rstrip()


class Stop:
    def __init__(self):
        self.woken, wake = os.pipe()
        os.set_blocking(wake, False)
        signal.set_wakeup_fd(wake, warn_on_full_buffer=False)
        signal.signal(signal.SIGINT, lambda *_: None)
        self.typed, self.keyboard = b"", True

    def until(self, door):
        """True if told to stop, False if there is a guest at the door."""
        while True:
            poll = select.poll()
            for fd in (self.woken, door.fileno(), *([0] if self.keyboard else [])):
                poll.register(fd, select.POLLIN)
            ready = [fd for fd, _ in poll.poll()]
            if self.woken in ready or (0 in ready and self.said()):
                return True
            if door.fileno() in ready:
                return False

    def said(self):
        keys = os.read(0, 4096)
        *lines, self.typed = (self.typed + keys).split(b"\n")
        if not keys:
            self.keyboard = False
            lines.append(self.typed)
        return any(line.strip() == b"stop" for line in lines)


def main(place="127.0.0.1:12345", patience="5000", *_):
    host, _, port = place.rpartition(":")
    patience = int(patience) / 1000 if patience.isdecimal() else 5.0
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.create_server((host.strip("[]"), int(port)), family=family, backlog=128) as door:
        door.setblocking(False)
        stop, guest = Stop(), 0
        say(f"서버가 시작되었습니다: {host}:{door.getsockname()[1]} (stop이나 Ctrl-C로 끝냅니다)")
        while not stop.until(door):
            try:
                client, _ = door.accept()
            except (BlockingIOError, ConnectionAbortedError):
                continue
            except OSError as error:
                print("손님을 받지 못했습니다:", error, file=sys.stderr, flush=True)
                time.sleep(0.1)
                continue
            guest += 1
            with client:
                try:
                    told = f"{guest}번째 손님: {serve(client, guest, time.monotonic() + patience)}"
                except (TimeoutError, socket.timeout):
                    told = f"{guest}번째 손님을 놓쳤습니다: 시간이 다 됨"
                except OSError:
                    told = f"{guest}번째 손님을 놓쳤습니다: 연결이 끊김"
                except Lost as why:
                    told = f"{guest}번째 손님을 놓쳤습니다: {why}"
            say(told)
        say(f"서버를 마칩니다. 손님 {guest}명")


try:
    main(*sys.argv[1:])
except (OSError, ValueError, OverflowError) as error:
    sys.exit(f"오류: {error}")
