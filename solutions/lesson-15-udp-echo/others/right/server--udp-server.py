# Right: socketserver.UDPServer with a large max_packet_size; the handler answers on the server's socket.
import socketserver
import sys


class Echo(socketserver.BaseRequestHandler):
    def handle(self):
        letter, box = self.request
        box.sendto(letter, self.client_address)


socketserver.UDPServer.max_packet_size = 65535
host, _, port = (sys.argv[1] if len(sys.argv) > 1 else "127.0.0.1:12345").rpartition(":")
with socketserver.UDPServer((host, int(port)), Echo) as server:
    sys.stdout.buffer.write("서버가 시작되었습니다: {}:{}\n".format(*server.server_address).encode())
    sys.stdout.buffer.flush()
    server.serve_forever()
