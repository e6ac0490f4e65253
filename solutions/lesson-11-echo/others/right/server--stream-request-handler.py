# Right: socketserver's StreamRequestHandler with rfile and wfile, and handle_request in a loop until quit was said.
import socket
import socketserver
import sys


class Echo(socketserver.StreamRequestHandler):
    wbufsize = -1
    disable_nagle_algorithm = True

    def handle(self):
        server = self.server
        server.told = "손님이 떠났습니다."
        for line in iter(lambda: self.rfile.readline(65536), b""):
            self.wfile.write(line)
            self.wfile.flush()
            if line.removesuffix(b"\n").removesuffix(b"\r") == b"quit":
                server.over, server.told = True, "손님이 quit을 말했습니다. 서버를 마칩니다."
                self.connection.shutdown(socket.SHUT_WR)
                self.connection.settimeout(10)
                try:
                    while self.rfile.read1(1000):
                        pass
                except OSError:
                    pass
                return


class Server(socketserver.TCPServer):
    allow_reuse_address = True
    request_queue_size = 128
    over = False

    def handle_error(self, request, client_address):
        self.told = "손님과의 연결이 끊겼습니다."


sys.stdout.reconfigure(encoding="utf-8", line_buffering=True)
host, port = (sys.argv[1] if len(sys.argv) > 1 else "127.0.0.1:12345").rsplit(":", 1)
with Server((host, int(port)), Echo) as server:
    print("서버가 시작되었습니다: %s:%d" % server.server_address)
    while not server.over:
        server.handle_request()
        print(server.told)
