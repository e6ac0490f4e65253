# Right: a non-blocking connect and a timerfd made by ctypes stand side by side in one epoll; whichever speaks first decides.
import ctypes
import errno
import os
import select
import socket
import struct
import sys

libc = ctypes.CDLL(None, use_errno=True)
STATUS = {"form": 10, "host": 11, errno.ECONNREFUSED: 12, errno.ETIMEDOUT: 13}
SENTENCE = {
    "form": "{}은(는) 호스트:포트 꼴이 아닙니다.",
    "host": "{}의 호스트를 찾을 수 없습니다.",
    errno.ECONNREFUSED: "{}에서 아무도 듣고 있지 않습니다. 서버를 켰나요?",
    errno.ETIMEDOUT: "{}에서 500 ms 동안 답이 없습니다.",
}


def end(text, why):
    other = f"{{}}에 연결할 수 없습니다: {why if isinstance(why, str) else os.strerror(why)}"
    sys.stderr.write("오류: " + SENTENCE.get(why, other).format(text) + "\n")
    sys.exit(STATUS.get(why, 1))


def alarm_clock(milliseconds):
    descriptor = libc.timerfd_create(1, 0o2000000)
    if descriptor < 0:
        raise OSError(ctypes.get_errno(), "timerfd_create")
    when = ctypes.create_string_buffer(struct.pack("llll", 0, 0, 0, milliseconds * 1_000_000))
    if libc.timerfd_settime(descriptor, 0, when, None):
        raise OSError(ctypes.get_errno(), "timerfd_settime")
    return descriptor


def connect(sock, address):
    sock.setblocking(False)
    code = sock.connect_ex(address)
    if code != errno.EINPROGRESS:
        return code
    clock = alarm_clock(500)
    with select.epoll() as both:
        both.register(sock, select.EPOLLOUT)
        both.register(clock, select.EPOLLIN)
        spoke = {descriptor for descriptor, _ in both.poll()}
    os.close(clock)
    if sock.fileno() in spoke:
        return sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
    return errno.ETIMEDOUT


text = sys.argv[1] if len(sys.argv) > 1 else "127.0.0.1:12345"
host, colon, port = text.rpartition(":")
if not colon or not port.isdecimal() or not port.isascii() or int(port) >= 1 << 16:
    end(text, "form")
try:
    bare = host.removeprefix("[").removesuffix("]") if host[:1] == "[" else host
    family, kind, protocol, _, address = socket.getaddrinfo(
        bare, int(port), 0, socket.SOCK_STREAM, socket.IPPROTO_TCP
    )[0]
except (OSError, UnicodeError):
    end(text, "host")
with socket.socket(family, kind, protocol) as sock:
    if code := connect(sock, address):
        end(text, code)
    try:
        ends = sock.getsockname(), sock.getpeername()
    except OSError as error:
        end(text, error.errno)
    own, peer = (f"[{h}]:{p}" if ":" in h else f"{h}:{p}" for h, p, *_ in ends)
    os.write(1, "연결되었습니다.\r\n".encode())
    os.write(1, f"내 쪽 {own}, 상대 쪽 {peer}\r\n".encode())
