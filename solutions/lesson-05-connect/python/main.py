"""레슨 05의 파이썬판 / the Python version of lesson 05."""

import socket
import sys

DEFAULT_ADDRESS = "127.0.0.1:12345"
TIME_LIMIT = 0.5

BAD_ADDRESS = 10
UNKNOWN_HOST = 11
REFUSED = 12
TIMED_OUT = 13
SOMETHING_ELSE = 1


def fail(status, sentence):
    print(f"오류: {sentence}", file=sys.stderr)
    sys.exit(status)


def resolve(text):
    host, colon, port = text.rpartition(":")
    if not colon or not port.isdecimal() or int(port) > 65535:
        fail(BAD_ADDRESS, f"{text}은(는) 호스트:포트 꼴이 아닙니다.")
    try:
        # IPv6 주소의 대괄호는 주소가 아닙니다. / The brackets are not part of an address.
        bare = host[1:-1] if host[:1] == "[" and host[-1:] == "]" else host
        found = socket.getaddrinfo(bare, int(port), type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        fail(UNKNOWN_HOST, f"{text}의 호스트를 찾을 수 없습니다.")
    family, kind, protocol, _, address = found[0]
    return family, kind, protocol, address


def main():
    text = sys.argv[1] if len(sys.argv) > 1 else DEFAULT_ADDRESS
    family, kind, protocol, address = resolve(text)
    with socket.socket(family, kind, protocol) as sock:
        sock.settimeout(TIME_LIMIT)
        # ANCHOR: calls
        try:
            sock.connect(address)
        except ConnectionRefusedError:
            fail(REFUSED, f"{text}에서 아무도 듣고 있지 않습니다.")
        except (TimeoutError, socket.timeout):
            fail(TIMED_OUT, f"{text}에서 {TIME_LIMIT}초 동안 답이 없습니다.")
        except OSError as error:
            fail(SOMETHING_ELSE, f"{text}에 연결할 수 없습니다: {error}")
        # ANCHOR_END: calls
        print("연결되었습니다.", flush=True)
        local, peer = sock.getsockname(), sock.getpeername()
        print(f"내 쪽 {local[0]}:{local[1]}, 상대 쪽 {peer[0]}:{peer[1]}", flush=True)


main()
