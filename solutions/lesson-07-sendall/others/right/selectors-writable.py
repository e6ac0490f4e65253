# Right: a selector tells when there is room, and os.write on the socket's descriptor takes 100,000 bytes at most.
import os
import selectors
import socket
import sys

arguments = sys.argv[1:]
address = arguments[0] if arguments else "127.0.0.1:12345"
size = int(arguments[1]) if len(arguments) > 1 else 8 * 1024 * 1024
host, port = address.rsplit(":", 1)
message = memoryview((bytes(range(251)) * (size // 251 + 1))[:size])
sent = 0
with socket.socket() as s, selectors.DefaultSelector() as selector:
    s.connect((host, int(port)))
    s.setblocking(False)
    selector.register(s, selectors.EVENT_WRITE)
    try:
        while sent < size:
            for key, _ in selector.select():
                try:
                    sent += os.write(key.fd, message[sent:sent + 100_000])
                except BlockingIOError:
                    pass
    except OSError as error:
        print(f"{sent}바이트를 넘기고 나서 {address}이(가) 떠났다: {error}", file=sys.stderr)
        sys.exit(4)
    os.write(1, f"모두 넘겼습니다: {sent}바이트\n".encode())
