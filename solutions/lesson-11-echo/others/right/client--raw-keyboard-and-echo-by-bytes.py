# Right: the keyboard is read by os.read and cut into lines by hand; the echo is waited for with select and taken a byte at a time.
import os
import select
import socket
import sys


def typed():
    kept = b""
    while True:
        if os.isatty(0):
            os.write(1, b"> ")
        while b"\n" not in kept:
            keys = os.read(0, 10)
            if not keys:
                if kept:
                    yield kept
                return
            kept += keys
        line, kept = kept.split(b"\n", 1)
        yield line.removesuffix(b"\r")


def echoed(server):
    line = bytearray()
    while not line.endswith(b"\n"):
        select.select([server], [], [])
        byte = server.recv(1)
        if not byte:
            raise EOFError("답이 중간에 끊겼습니다")
        line += byte
    return line[:-1]


def converse(server):
    for line in typed():
        line.decode()
        for byte in line + b"\n":
            server.sendall(byte.to_bytes(1, "big"))
        told = f"메아리: {echoed(server).decode()}\n".encode()
        while told:
            told = told[os.write(1, told):]
        if line == b"quit":
            return


def main(address):
    host, _, port = address.rpartition(":")
    try:
        with socket.create_connection((host.strip("[]"), int(port))) as server:
            server.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, True)
            converse(server)
    except (OSError, EOFError, ValueError, OverflowError) as error:
        return f"오류: {address}: {error}"
    os.write(1, "대화를 마칩니다.\n".encode())


sys.exit(main(*(sys.argv[1:2] or ["127.0.0.1:12345"])))
