# Right: a non-blocking connect_ex, then select for writing until 500 ms are over, and SO_ERROR tells how it went.
import errno
import os
import select
import socket
import sys

text = sys.argv[1] if len(sys.argv) > 1 else "127.0.0.1:12345"


def end(status, sentence):
    sys.stderr.write(sentence + "\n")
    sys.stderr.flush()
    os._exit(status)


try:
    host, port = text.rsplit(":", 1)
    port = int(port)
    assert host and 0 <= port <= 65535
except (ValueError, AssertionError):
    end(10, f"{text!r}: HOST:PORT 꼴로 써 주세요")
try:
    family, *_, where = socket.getaddrinfo(host.strip("[]"), port, type=socket.SOCK_STREAM)[0]
except (OSError, UnicodeError) as error:
    end(11, f"{text}: {error}")
shown = f"{where[0]}:{where[1]}"
with socket.socket(family) as s:
    s.setblocking(False)
    number = s.connect_ex(where)
    if number == errno.EINPROGRESS:
        _, ready, _ = select.select([], [s], [], 0.5)
        number = s.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR) if ready else errno.ETIMEDOUT
    if number:
        status = {errno.ECONNREFUSED: 12, errno.ETIMEDOUT: 13}.get(number, 1)
        end(status, f"{shown}: {os.strerror(number)}")
    own, peer = s.getsockname(), s.getpeername()
    os.write(1, "연결되었습니다.\n".encode())
    os.write(1, f"내 쪽 {own[0]}:{own[1]}, 상대 쪽 {peer[0]}:{peer[1]}\n".encode())
