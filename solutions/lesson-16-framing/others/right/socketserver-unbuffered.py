# Right: socketserver.TCPServer with an unbuffered StreamRequestHandler
import os
import socketserver
import sys
import threading

LIMIT = 65536


class Cut(Exception):
    pass


class Handler(socketserver.StreamRequestHandler):
    rbufsize = 0

    def exactly(self, count):
        data = b""
        while len(data) < count:
            piece = self.rfile.read(count - len(data))
            if not piece:
                raise Cut(len(data))
            data += piece
        return data

    def send(self, body):
        self.wfile.write(len(body).to_bytes(4, "big") + body)

    def handle(self):
        try:
            line = self.converse()
        except Cut:
            line = "메시지가 중간에 끝났습니다"
        except ConnectionResetError:
            line = "손님이 끊었습니다 (RST)"
        except OSError as error:
            line = f"오류: {error}"
        print(line, flush=True)

    def converse(self):
        self.send("반갑습니다".encode())
        while True:
            try:
                header = self.exactly(4)
            except Cut as cut:
                if cut.args[0]:
                    raise
                return "손님이 끝냈습니다"
            length = int.from_bytes(header, "big")
            print(f"{length}바이트짜리 메시지가 옵니다", flush=True)
            if length > LIMIT:
                return f"너무 깁니다: {length}바이트"
            self.send(self.exactly(length))


class Server(socketserver.TCPServer):
    allow_reuse_address = True
    request_queue_size = 128


def end_on_enter():
    if sys.stdin.buffer.readline():
        os._exit(0)


def main():
    sys.stdout.reconfigure(encoding="utf-8")
    host, _, port = (sys.argv[1:] or ["127.0.0.1:12345"])[0].rpartition(":")
    with Server((host, int(port)), Handler) as server:
        host, port = server.server_address
        print(f"서버가 시작되었습니다: {host}:{port} (Enter로 끝냅니다)", flush=True)
        threading.Thread(target=end_on_enter, daemon=True).start()
        server.serve_forever(poll_interval=0.1)


main()
