# Right: a forked child without any socket reads the keyboard and passes each Enter on through a pipe.
import ctypes
import os
import signal
import socket
import sys

PR_SET_PDEATHSIG = 1


def keyboard_child():
    """A pipe that gives one byte for each line typed, and ends where the input ends."""
    reading, writing = os.pipe()
    parent = os.getpid()
    child = os.fork()
    if child:
        os.close(writing)
        return child, reading
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(0)
    os.close(reading)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    try:
        while byte := os.read(0, 1):
            if byte == b"\n":
                os.write(writing, b"!")
    except OSError:
        pass
    os._exit(0)


def say(text):
    print(text, flush=True)


def main():
    arguments = dict(enumerate(sys.argv))
    text = arguments.get(1, "127.0.0.1:12345")
    host, _, port = text.rpartition(":")
    host = host.strip("[]")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        socket.inet_pton(family, host)
        port = int(port)
    except (OSError, ValueError):
        return f"오류: {text}은(는) 주소가 아닙니다"
    try:
        backlog = int(arguments.get(2, "128"))
    except ValueError:
        return f"오류: 대기열의 길이는 숫자입니다. 받은 글: {arguments[2]}"
    child, entered = keyboard_child()
    try:
        door = socket.socket(family, socket.SOCK_STREAM)
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        door.bind((host, port))
        name = door.getsockname()
        told = "[%s]:%d" if family == socket.AF_INET6 else "%s:%d"
        say(f"묶었습니다: {told % name[:2]} (Enter)")
        os.read(entered, 1)
        door.listen(backlog)
        say("듣고 있습니다. (Enter)")
        os.read(entered, 1)
        door.close()
        say("닫았습니다. (Enter)")
        os.read(entered, 1)
    except (OSError, OverflowError) as error:
        return f"오류: {error}"
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)


sys.exit(main())
