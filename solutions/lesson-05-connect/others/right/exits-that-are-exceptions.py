# Right: every failure is a subclass of SystemExit with its own status; create_connection does the rest, an ExitStack closes.
import contextlib
import re
import socket
import sys


class Failed(SystemExit):
    status = 1

    def __init__(self, sentence):
        super().__init__(self.status)
        sys.stderr.write(f"오류: {sentence}\n")
        sys.stderr.flush()


class BadAddress(Failed):
    status = 10


class UnknownHost(Failed):
    status = 11


class Refused(Failed):
    status = 12


class TimedOut(Failed):
    status = 13


def resolve(text):
    form = re.fullmatch(r"(\[(?P<six>[^\[\]]*)\]|(?P<name>.*)):(?P<port>[0-9]{1,5})", text, re.S)
    if form is None or int(form["port"]) > 65535:
        raise BadAddress(f"호스트:포트 꼴이 아닙니다: {text}")
    host = form["six"] if form["six"] is not None else form["name"]
    try:
        answers = socket.getaddrinfo(host or "?", form["port"], type=socket.SOCK_STREAM)
        return answers[0][4][:2]
    except (OSError, UnicodeError, IndexError):
        raise UnknownHost(f"호스트를 찾을 수 없습니다: {text}") from None


def main():
    text = sys.argv[1] if len(sys.argv) > 1 else "127.0.0.1:12345"
    address = resolve(text)
    show = lambda end: (f"[{end[0]}]:" if ":" in end[0] else f"{end[0]}:") + str(end[1])
    with contextlib.ExitStack() as stack:
        try:
            sock = stack.enter_context(socket.create_connection(address, 0.5))
        except ConnectionRefusedError:
            raise Refused(f"{show(address)}: 아무도 듣지 않습니다") from None
        except (TimeoutError, socket.timeout):
            raise TimedOut(f"{show(address)}: 0.5초 안에 답이 오지 않았습니다") from None
        except OSError as error:
            raise Failed(f"{show(address)}: {error}") from None
        lines = ["연결되었습니다.", f"내 쪽 {show(sock.getsockname())}, 상대 쪽 {show(sock.getpeername())}"]
        sys.stdout.write("\r\n".join([*lines, ""]))
        sys.stdout.flush()


main()
