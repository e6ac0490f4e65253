# Right: a socketserver.TCPServer with a StreamRequestHandler; a dup of each guest's socket lives as long as the handler.
import os
import socket
import socketserver
import sys
import threading
import time

LIMIT = 1024


def say(text):
    sys.stdout.buffer.write(f"{text}\r\n".encode())
    sys.stdout.buffer.flush()


class Parting(socketserver.StreamRequestHandler):
    timeout = 10.0

    def setup(self):
        super().setup()
        self.spare = self.request.dup()

    def handle(self):
        try:
            self.converse()
            self.server.ended = "손님이 닫았습니다 (FIN)"
        except ConnectionResetError:
            self.server.ended = "손님이 끊었습니다 (RST)"
        except OSError as error:
            self.server.ended = f"오류: {error}"

    def converse(self):
        request = self.rfile.read(LIMIT + 1)
        reply = f"{len(request)}바이트를 받았습니다\n" if len(request) <= LIMIT else "너무 깁니다\n"
        self.wfile.write(reply.encode())
        self.request.shutdown(socket.SHUT_WR)
        say("할 말을 다 했습니다.")
        while self.request.recv(5000):
            pass

    def finish(self):
        self.spare.close()
        super().finish()


class Server(socketserver.TCPServer):
    allow_reuse_address = True
    request_queue_size = 128
    ended = ""

    def get_request(self):
        try:
            return super().get_request()
        except OSError as error:
            print(f"오류: {error}", file=sys.stderr, flush=True)
            time.sleep(0.1)
            raise

    def shutdown_request(self, request):
        self.close_request(request)
        say(self.ended)


def end_on_enter():
    if sys.stdin.buffer.readline():
        os._exit(0)


def main():
    host, _, port = (sys.argv[1] if len(sys.argv) > 1 else "127.0.0.1:12345").rpartition(":")
    if ":" in host:
        Server.address_family = socket.AF_INET6
    with Server((host.strip("[]"), int(port)), Parting) as server:
        say(f"서버가 시작되었습니다: {host}:{server.server_address[1]} (Enter로 끝냅니다)")
        threading.Thread(target=end_on_enter, daemon=True).start()
        server.serve_forever()


try:
    main()
except (OSError, ValueError, OverflowError) as error:
    sys.exit(f"오류: {error}")
