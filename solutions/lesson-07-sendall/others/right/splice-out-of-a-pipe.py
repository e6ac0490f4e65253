# Right: a pipe is filled with the pattern and spliced into a socket that waits; splice says how much was handed over.
import os
import socket
import sys

PATTERN = bytes(range(251)) * 64


def main():
    text = sys.argv[1] if len(sys.argv) > 1 else "127.0.0.1:12345"
    try:
        size = int(sys.argv[2]) if len(sys.argv) > 2 else 8 * 1024 * 1024
        if size < 0:
            raise ValueError
    except ValueError:
        sys.exit("오류: 크기는 숫자여야 합니다")
    host, _, port = text.rpartition(":")
    host = host.strip("[]")
    try:
        sock = socket.create_connection((host, int(port)))
    except (OSError, ValueError, OverflowError) as error:
        sys.exit(f"오류: {text}: {error}")
    outlet, inlet = os.pipe()
    made = sent = 0
    try:
        while sent < size:
            if made == sent:  # the pipe is empty: its 64 KiB take a whole window of the pattern
                begin = made % 251
                made += os.write(inlet, PATTERN[begin : begin + size - made])
            sent += os.splice(outlet, sock.fileno(), made - sent)
    except OSError as error:
        sys.exit(f"오류: {sent}바이트까지 넘겼는데 {text}이(가) 떠났습니다: {error}")
    finally:
        os.close(outlet)
        os.close(inlet)
        sock.close()
    print(f"모두 넘겼습니다: {sent}바이트")


main()
