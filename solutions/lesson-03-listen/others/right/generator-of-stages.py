# Right: one generator holds the socket and yields a line per stage; the with block inside it closes the listener between two lines.
import os
import socket
import sys


def stages(host, port, backlog):
    with socket.socket() as sock:
        if os.name == "posix":
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        sock.bind((host, port))
        yield "묶었습니다: {}:{} (Enter)".format(*sock.getsockname())
        sock.listen(backlog)
        yield "듣고 있습니다. (Enter)"
    yield "닫았습니다. (Enter)"


def main(address="127.0.0.1:12345", backlog="128", *_):
    try:
        backlog = int(backlog)
        if not -(2**31) <= backlog < 2**31:
            raise ValueError
    except ValueError:
        print(f"backlog must be a number, and {backlog!r} is none", file=sys.stderr)
        return 4
    host, _, port = address.rpartition(":")
    try:
        for line in stages(host, int(port), backlog):
            sys.stdout.write(line + "\n")
            sys.stdout.flush()
            sys.stdin.readline()
    except (OSError, ValueError) as error:
        print(f"{address}: {error}", file=sys.stderr)
        return 4
    return 0


raise SystemExit(main(*sys.argv[1:]))
