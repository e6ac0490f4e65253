# Right: socketserver.TCPServer serves client after client; its own handle_error notes a failure down and goes on.
import socketserver
import sys


class Host(socketserver.BaseRequestHandler):
    def setup(self):
        print("손님이 왔습니다: %s:%d" % self.client_address, flush=True)

    def handle(self):
        self.request.sendall("반갑습니다".encode())
        while self.request.recv(3):
            pass


class Server(socketserver.TCPServer):
    allow_reuse_address = True
    request_queue_size = 128

    def handle_error(self, request, client_address):
        print(client_address, sys.exc_info()[1], file=sys.stderr, flush=True)


sys.stdout.reconfigure(encoding="utf-8", newline="\r\n")
host, port = (sys.argv[1] if len(sys.argv) > 1 else "127.0.0.1:12345").rsplit(":", 1)
with Server((host, int(port)), Host) as server:
    print("서버가 시작되었습니다: %s:%d" % server.server_address, flush=True)
    server.serve_forever(poll_interval=5)
