# Right: the parent accepts and tells, a forked child talks to the guest, and the parent waits for that child before the next accept.
import ctypes
import ipaddress
import os
import signal
import socket
import sys

GREETING = "반갑습니다".encode()


def shown(name):
    return f"[{name[0]}]:{name[1]}" if len(name) == 4 else f"{name[0]}:{name[1]}"


def say(text, fd=1):
    data = memoryview(f"{text}\n".encode())
    while len(data):
        data = data[os.write(fd, data):]


def talk(client, peer):
    try:
        client.sendall(GREETING)
        while client.recv(333):
            pass
    except OSError as error:
        say(f"{peer}: {error}", 2)
    client.close()


def main(place="127.0.0.1:12345", *_):
    host, _, port = place.rpartition(":")
    bare = host.strip("[]")
    v6 = ipaddress.ip_address(bare).version == 6
    listener = socket.create_server((bare, int(port)), family=socket.AF_INET6 if v6 else socket.AF_INET, backlog=128)
    say(f"서버가 시작되었습니다: {shown(listener.getsockname())}")
    parent = os.getpid()
    while True:
        client, name = listener.accept()
        say(f"손님이 왔습니다: {shown(name)}")
        child = os.fork()
        if child == 0:
            try:
                # The child does not outlive its parent.
                ctypes.CDLL(None).prctl(1, signal.SIGKILL, 0, 0, 0)
                if os.getppid() == parent:
                    listener.close()
                    talk(client, shown(name))
            finally:
                os._exit(0)
        client.close()
        os.waitpid(child, 0)


try:
    main(*sys.argv[1:])
except (OSError, ValueError, OverflowError) as error:
    sys.exit(f"오류: {error}")
