# Right: two duplicated numbers: one in a FileIO to write to, one under a BufferedReader; the original socket is closed at once.
import contextlib
import io
import os
import socket
import sys


def write_whole(raw, data):
    while data:
        data = data[raw.write(data) :]


def typed_lines():
    keyboard = io.BufferedReader(io.FileIO(0, closefd=False), 1)
    asking = os.isatty(0)
    while True:
        if asking:
            os.write(1, b"> ")
        line = keyboard.readline()
        if not line:
            return
        yield line.removesuffix(b"\n").removesuffix(b"\r") if line.endswith(b"\r\n") else line.rstrip(b"\n")


@contextlib.contextmanager
def two_ends(address):
    host, _, port = address.rpartition(":")
    with contextlib.ExitStack() as stack:
        with socket.create_connection((host.strip("[]"), int(port))) as sock:
            mouth = stack.enter_context(io.FileIO(os.dup(sock.fileno()), "w"))
            ear = stack.enter_context(io.BufferedReader(io.FileIO(os.dup(sock.fileno())), 32))
        yield mouth, ear


def converse(mouth, ear):
    for typed in typed_lines():
        typed.decode()  # what is no text is not sent
        write_whole(mouth, typed + b"\n")
        heard = ear.readline()
        if heard[-1:] != b"\n":
            raise EOFError("메아리가 도중에 끝났습니다")
        os.write(1, f"메아리: {heard[:-1].decode()}\n".encode())
        if typed == b"quit":
            return


def main(address="127.0.0.1:12345", *_):
    try:
        with two_ends(address) as (mouth, ear):
            converse(mouth, ear)
    except (OSError, EOFError, ValueError, OverflowError) as error:
        os.write(2, f"오류: {address}: {error}\n".encode())
        return 1
    os.write(1, "대화를 마칩니다.\n".encode())
    return 0


sys.exit(main(*sys.argv[1:]))
