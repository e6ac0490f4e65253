# Right: the message lies in a memfd and goes out by non-blocking os.sendfile; poll waits for room.
import os
import select
import socket
import sys


def fill(size):
    fd = os.memfd_create("message", os.MFD_CLOEXEC)
    block = bytes(range(251)) * 1024
    while size > 0:
        size -= os.write(fd, memoryview(block)[: min(size, len(block))])
        # Whatever was written, the next block has to begin where it ended.
        done = os.lseek(fd, 0, os.SEEK_CUR)
        block = bytes((done + i) % 251 for i in range(251)) * 1024
    return fd


def main():
    place = sys.argv[1] if len(sys.argv) > 1 else "127.0.0.1:12345"
    try:
        size = int(sys.argv[2]) if len(sys.argv) > 2 else 8 << 20
    except ValueError:
        sys.exit("오류: 크기는 숫자여야 합니다")
    host, _, port = place.rpartition(":")
    with socket.create_connection((host.strip("[]"), int(port))) as sock:
        sock.setblocking(False)
        room = select.poll()
        room.register(sock, select.POLLOUT)
        source, sent = fill(size), 0
        try:
            while sent < size:
                try:
                    sent += os.sendfile(sock.fileno(), source, sent, size - sent)
                except BlockingIOError:
                    room.poll()
        except OSError as error:
            sys.exit(f"오류: {sent}바이트를 넘긴 뒤 {place}이(가) 떠났습니다: {error}")
        finally:
            os.close(source)
    print(f"모두 넘겼습니다: {sent}바이트")


try:
    main()
except (OSError, ValueError, OverflowError) as error:
    sys.exit(f"오류: {error}")
