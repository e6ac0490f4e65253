# Right: works on the bare descriptor and closes the listener by putting /dev/null in its place with dup2.
import os
import re
import socket
import sys


def enter():
    typed = b""
    while not typed.endswith(b"\n"):
        byte = os.read(0, 1)
        if not byte:
            break
        typed += byte


def say(line):
    rest = memoryview(f"{line} (Enter)\n".encode())
    while rest:
        rest = rest[os.write(1, rest):]


def wrong(sentence):
    sys.stderr.write(f"오류: {sentence}\n")
    raise SystemExit(1)


arguments = iter(sys.argv[1:])
text = next(arguments, "127.0.0.1:12345")
shape = re.fullmatch(r"(\[)?([0-9a-fA-F:.]+)(?(1)\]):([0-9]{1,5})", text)
if not shape or int(shape[3]) > 65535:
    wrong(f"{text}은(는) 주소가 아닙니다")
family = socket.AF_INET6 if shape[1] else socket.AF_INET
try:
    socket.inet_pton(family, shape[2])
except OSError:
    wrong(f"{text}은(는) 주소가 아닙니다")
typed = next(arguments, "128")
if not re.fullmatch(r"[+-]?[0-9]+", typed) or not -(1 << 31) <= int(typed) < 1 << 31:
    wrong(f"백로그는 숫자여야 합니다: {typed}")

door = socket.socket(family, socket.SOCK_STREAM)
try:
    door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    door.bind((shape[2], int(shape[3])))
    host, port = door.getsockname()[:2]
    say(f"묶었습니다: [{host}]:{port}" if shape[1] else f"묶었습니다: {host}:{port}")
    enter()
    door.listen(int(typed))
except OSError as error:
    wrong(error)
number = door.detach()
say("듣고 있습니다.")
enter()
nothing = os.open(os.devnull, os.O_RDWR)
os.dup2(nothing, number)
os.close(nothing)
say("닫았습니다.")
enter()
os.close(number)
