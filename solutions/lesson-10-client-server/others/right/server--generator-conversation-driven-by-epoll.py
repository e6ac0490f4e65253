# Right: the conversation is a generator that yields what it waits for, driven by a level-triggered epoll with one deadline; signals arrive over a wakeup descriptor.
import os
import select
import signal
import socket
import sys
import threading
import time

LIMIT = 1024


class Lost(Exception):
    pass


def conversation(client, guest, heard):
    message = b""
    while b"\n" not in message:
        yield select.EPOLLIN
        chunk = client.recv(200)
        if not chunk:
            break
        message += chunk
        if len(message) > LIMIT:
            raise Lost("읽을 수 없는 메시지")
    if not message:
        raise Lost("아무 말 없이 떠남")
    try:
        text = message.partition(b"\n")[0].decode().rstrip()
    except UnicodeDecodeError:
        raise Lost("읽을 수 없는 메시지") from None
    reply = f"{guest}번째 손님, 반갑습니다.\n".encode()
    while reply:
        yield select.EPOLLOUT
        reply = reply[client.send(reply):]
    heard.append(text)
    client.shutdown(socket.SHUT_WR)
    while True:
        yield select.EPOLLIN
        if not client.recv(4096):
            return


def drive(client, steps, deadline):
    client.setblocking(False)
    with select.epoll() as ear:
        ear.register(client, 0)
        for wanted in steps:
            ear.modify(client, wanted)
            left = deadline - time.monotonic()
            if left <= 0 or not ear.poll(left):
                raise TimeoutError


def told(client, guest, deadline):
    heard = []
    try:
        drive(client, conversation(client, guest, heard), deadline)
    except Lost as lost:
        why = str(lost)
    except TimeoutError:
        why = "시간이 다 됨"
    except OSError:
        why = "연결이 끊김"
    # 답을 보낸 뒤에는 어떻게 떠나든 상관없습니다. / After the reply it does not matter.
    return f"{guest}번째 손님: {heard[0]}" if heard else f"{guest}번째 손님을 놓쳤습니다: {why}"


class Stop:
    def __init__(self):
        self.told = False
        self.inner, self.outer = socket.socketpair()
        self.inner.setblocking(False)
        self.outer.setblocking(False)
        signal.set_wakeup_fd(self.outer.fileno(), warn_on_full_buffer=False)
        signal.signal(signal.SIGINT, self.on_signal)
        signal.signal(signal.SIGTERM, self.on_signal)
        threading.Thread(target=self.on_keyboard, daemon=True).start()

    def on_signal(self, *_):
        self.told = True

    def on_keyboard(self):
        typed = b""
        while chunk := os.read(0, 512):
            *lines, typed = (typed + chunk).split(b"\n")
            if any(line.strip() == b"stop" for line in lines):
                break
        else:
            if typed.strip() != b"stop":
                return
        self.told = True
        self.outer.send(b"!")


def main(text="127.0.0.1:12345", patience="5000", *_):
    patience = int(patience) / 1000 if patience.isdecimal() else 5.0
    host, _, port = text.rpartition(":")
    door = socket.create_server((host, int(port)))
    door.setblocking(False)
    print("서버가 시작되었습니다: {}:{} (stop이나 Ctrl-C로 끝냅니다)".format(*door.getsockname()), flush=True)
    stop = Stop()
    waiting = select.epoll()
    waiting.register(door, select.EPOLLIN)
    waiting.register(stop.inner, select.EPOLLIN)
    guest = 0
    while not stop.told:
        waiting.poll()
        if stop.told:
            break
        try:
            client, _ = door.accept()
        except BlockingIOError:
            continue
        except OSError as error:
            print(f"손님을 받지 못했습니다: {error}", file=sys.stderr, flush=True)
            time.sleep(0.1)
            continue
        guest += 1
        with client:
            line = told(client, guest, time.monotonic() + patience)
        print(line, flush=True)
    print(f"서버를 마칩니다. 손님 {guest}명", flush=True)
    os._exit(0)


try:
    main(*sys.argv[1:])
except (OSError, ValueError) as error:
    sys.exit(f"오류: {error}")
