# Right: no thread: select over stdin and the socket, both read by bytes.
import os
import select
import socket
import sys


def main():
    host, _, port = (sys.argv[1] if len(sys.argv) > 1 else "127.0.0.1:12345").rpartition(":")
    try:
        server = socket.create_connection((host, int(port)))
    except OSError as error:
        sys.exit(f"오류: {error}")
    heard, typing, rest = b"", True, b""
    while True:
        ready, _, _ = select.select([server, 0] if typing else [server], [], [])
        if 0 in ready:
            typed = os.read(0, 4096)
            try:
                if typed:
                    rest += typed
                    lines, newline, rest = rest.rpartition(b"\n")
                    server.sendall(lines + newline)
                else:
                    if rest:
                        server.sendall(rest + b"\n")
                    typing = False
                    server.shutdown(socket.SHUT_WR)
            except OSError:
                pass
        if server in ready:
            try:
                came = server.recv(4096)
            except OSError:
                came = b""
            heard += came
            if not came and heard:
                heard += b"\n"
            *lines, heard = heard.split(b"\n")
            for line in lines:
                print(line.decode(errors="replace"), flush=True)
            if not came:
                break
    if typing:
        print("서버가 끝냈습니다", flush=True)


main()
