# Right: signals are blocked and taken by a sigwait thread, an eventfd wakes the door's poll, and SO_RCVTIMEO is set by hand on a blocking guest.
import os
import select
import signal
import socket
import struct
import sys
import threading
import time

LIMIT = 1024
SIGNALS = {signal.SIGINT, signal.SIGTERM, signal.SIGHUP}
WHY = {
    ValueError: "읽을 수 없는 메시지",
    EOFError: "아무 말 없이 떠남",
    TimeoutError: "시간이 다 됨",
    OSError: "연결이 끊김",
}


class Guest:
    def __init__(self, sock, number, patience):
        self.sock, self.number = sock, number
        self.deadline = time.monotonic() + patience
        sock.setblocking(True)

    def read(self, most):
        left = self.deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError
        seconds, rest = divmod(int(left * 1_000_000) + 1, 1_000_000)
        self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, struct.pack("ll", seconds, rest))
        try:
            return self.sock.recv(most)
        except BlockingIOError:
            raise TimeoutError from None

    def message(self):
        heard = bytearray()
        while b"\n" not in heard and (chunk := self.read(256)):
            heard += chunk
            if len(heard) > LIMIT:
                raise ValueError
        if not heard:
            raise EOFError
        return heard[:heard.index(b"\n") if b"\n" in heard else None].decode().rstrip()

    def part(self):
        try:
            self.sock.shutdown(socket.SHUT_WR)
            while self.read(4096):
                pass
        except OSError:
            pass

    def line(self):
        with self.sock:
            try:
                message = self.message()
                self.sock.sendall(f"{self.number}번째 손님, 반갑습니다.\n".encode())
                self.part()
                return f"{self.number}번째 손님: {message}"
            except (ValueError, EOFError, OSError) as error:
                why = next(words for kind, words in WHY.items() if isinstance(error, kind))
                return f"{self.number}번째 손님을 놓쳤습니다: {why}"


def keyboard(stop):
    with open(0, "rb", closefd=False) as lines:
        if any(line.strip() == b"stop" for line in lines):
            os.eventfd_write(stop, 1)


def sentinel(stop):
    while True:
        signal.sigwait(SIGNALS)
        os.eventfd_write(stop, 1)


def main():
    address, patience, *_ = sys.argv[1:] + ["127.0.0.1:12345", "5000"][len(sys.argv[1:]):]
    patience = int(patience) / 1000 if patience.isdecimal() else 5
    host, _, port = address.rpartition(":")
    door = socket.create_server((host, int(port)))
    door.settimeout(0)
    for number in SIGNALS:  # 무시되는 신호는 sigwait에도 오지 않습니다 / an ignored signal never comes
        signal.signal(number, lambda *_: None)
    signal.pthread_sigmask(signal.SIG_BLOCK, SIGNALS)
    stop = os.eventfd(0, os.EFD_NONBLOCK | os.EFD_CLOEXEC)
    for task in keyboard, sentinel:
        threading.Thread(target=task, args=(stop,), daemon=True).start()
    host, port = door.getsockname()
    os.write(1, f"서버가 시작되었습니다: {host}:{port} (stop이나 Ctrl-C로 끝냅니다)\n".encode())
    poll = select.poll()
    poll.register(stop, select.POLLIN)
    poll.register(door, select.POLLIN)
    count = 0
    while stop not in (ready := dict(poll.poll())):
        try:
            sock, _ = door.accept()
        except BlockingIOError:
            continue
        except OSError as error:
            os.write(2, f"손님을 받지 못했습니다: {error} {ready}\n".encode())
            time.sleep(0.1)
            continue
        count += 1
        os.write(1, (Guest(sock, count, patience).line() + "\n").encode())
    os.write(1, f"서버를 마칩니다. 손님 {count}명\n".encode())
    os._exit(0)


try:
    main()
except (OSError, ValueError) as error:
    sys.exit(f"오류: {error}")
