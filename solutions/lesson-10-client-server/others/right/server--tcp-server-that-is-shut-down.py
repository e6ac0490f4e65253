# Right: socketserver's serve_forever with a short poll; shutdown() from another thread ends it between two guests.
import os
import signal
import socket
import socketserver
import sys
import threading
import time

LIMIT = 1024


def say(text):
    sys.stdout.buffer.write(text.encode() + b"\r\n")
    sys.stdout.buffer.flush()


class Deadline:
    def __init__(self, client, seconds):
        self.client, self.at = client, time.monotonic() + seconds

    def recv(self, most):
        left = self.at - time.monotonic()
        if left <= 0:
            raise TimeoutError("no time left")
        self.client.settimeout(left)
        return self.client.recv(most)


class Guest(socketserver.BaseRequestHandler):
    def handle(self):
        limited = Deadline(self.request, self.server.patience)
        heard = b""
        while (end := heard.find(b"\n")) < 0 and len(heard) <= LIMIT:
            piece = limited.recv(LIMIT + 1 - len(heard))
            if not piece:
                break
            heard += piece
        if not heard:
            raise EOFError
        if end >= LIMIT or end < 0 and len(heard) > LIMIT:
            raise ValueError
        said = (heard if end < 0 else heard[:end]).decode()
        self.request.sendall(f"{self.server.guest}번째 손님, 반갑습니다.\n".encode())
        self.server.told = f"{self.server.guest}번째 손님: {said.rstrip()}"
        try:
            self.request.shutdown(socket.SHUT_WR)
            while limited.recv(8192):
                pass
        except OSError:
            pass


class Server(socketserver.TCPServer):
    allow_reuse_address = True
    request_queue_size = 128
    guest, told = 0, ""

    def get_request(self):
        try:
            return super().get_request()
        except OSError as error:
            print("손님을 받지 못했습니다:", error, file=sys.stderr, flush=True)
            time.sleep(0.1)
            raise

    def process_request(self, request, address):
        self.guest += 1
        try:
            self.finish_request(request, address)
        except EOFError:
            self.lost("아무 말 없이 떠남")
        except ValueError:
            self.lost("읽을 수 없는 메시지")
        except (TimeoutError, socket.timeout):
            self.lost("시간이 다 됨")
        except OSError:
            self.lost("연결이 끊김")
        finally:
            self.close_request(request)
        say(self.told)

    def lost(self, why):
        self.told = f"{self.guest}번째 손님을 놓쳤습니다: {why}"


def main():
    place = sys.argv[1] if len(sys.argv) > 1 else "127.0.0.1:12345"
    host, _, port = place.rpartition(":")
    if ":" in host:
        Server.address_family = socket.AF_INET6
    with Server((host.strip("[]"), int(port)), Guest) as server:
        server.patience = int(sys.argv[2]) / 1000 if len(sys.argv) > 2 and sys.argv[2].isdecimal() else 5

        def keyboard():
            if any(line.strip() == b"stop" for line in iter(sys.stdin.buffer.readline, b"")):
                server.shutdown()

        def on_signal(*_):
            threading.Thread(target=server.shutdown, daemon=True).start()

        signal.signal(signal.SIGINT, on_signal)
        say(f"서버가 시작되었습니다: {host}:{server.server_address[1]} (stop이나 Ctrl-C로 끝냅니다)")
        threading.Thread(target=keyboard, daemon=True).start()
        server.serve_forever(poll_interval=0.05)
    say(f"서버를 마칩니다. 손님 {server.guest}명")
    os._exit(0)


try:
    main()
except (OSError, ValueError, OverflowError) as error:
    sys.exit(f"오류: {error}")
