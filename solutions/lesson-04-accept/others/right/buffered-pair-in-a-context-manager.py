# Right: each guest is an io.BufferedRWPair over two SocketIO halves, handed out by a context manager that reports the guest's errors.
import contextlib
import io
import socket
import sys


@contextlib.contextmanager
def guest(listener):
    sock, name = listener.accept()
    peer = f"[{name[0]}]:{name[1]}" if sock.family == socket.AF_INET6 else f"{name[0]}:{name[1]}"
    pair = io.BufferedRWPair(sock.makefile("rb", buffering=0), sock.makefile("wb", buffering=0), 64)
    sock.close()  # The two halves keep it open.
    try:
        yield pair, peer
        pair.close()
    except OSError as error:
        print(peer, error, sep=": ", file=sys.stderr, flush=True)
        with contextlib.suppress(OSError):
            pair.close()


def main():
    host, _, port = (sys.argv[1:2] or ["127.0.0.1:12345"])[0].rpartition(":")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.create_server((host.strip("[]"), int(port)), family=family, backlog=128) as listener:
        bound = listener.getsockname()
        out = io.TextIOWrapper(io.FileIO(1, "w", closefd=False), encoding="utf-8", newline="\r\n", write_through=True)
        out.write("서버가 시작되었습니다: " + (f"[{bound[0]}]" if ":" in bound[0] else bound[0]) + f":{bound[1]}\n")
        while True:
            with guest(listener) as (pair, peer):
                out.write(f"손님이 왔습니다: {peer}\n")
                pair.write("반갑습니다".encode())
                pair.flush()
                while pair.read1(64):
                    pass


try:
    main()
except (OSError, ValueError, OverflowError) as error:
    sys.exit(f"오류: {error}")
