# Right: a lazy pipeline of generators, typed lines mapped over an exchange; the echo is read from an unbuffered socket file, one byte at a call.
import functools
import os
import socket
import sys


def typed():
    keyboard = sys.stdin.buffer
    while True:
        if sys.stdin.isatty():
            os.write(1, b"> ")
        raw = keyboard.readline()
        if not raw:
            return
        if raw.endswith(b"\n"):
            raw = raw[:-1].removesuffix(b"\r")
        yield raw.decode()


def up_to_quit(lines):
    for line in lines:
        yield line
        if line == "quit":
            return


def exchange(wire, line):
    rest = memoryview(f"{line}\n".encode())
    while rest:
        rest = rest[wire.write(rest):]
    echo = wire.readline()
    if echo[-1:] != b"\n":
        raise EOFError("답이 중간에 끊겼습니다")
    return echo[:-1].decode()


def main(address):
    host, _, port = address.rpartition(":")
    with socket.create_connection((host.strip("[]"), int(port))) as server:
        with server.makefile("rwb", buffering=0) as wire:
            for echo in map(functools.partial(exchange, wire), up_to_quit(typed())):
                os.write(1, f"메아리: {echo}\n".encode())
    os.write(1, "대화를 마칩니다.\n".encode())


address = sys.argv[1] if len(sys.argv) > 1 else "127.0.0.1:12345"
try:
    main(address)
except (OSError, EOFError, ValueError) as error:
    sys.exit(f"오류: {address}: {error}")
