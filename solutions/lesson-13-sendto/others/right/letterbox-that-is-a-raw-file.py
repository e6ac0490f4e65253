# Right: a RawIOBase whose write posts one datagram and returns how many bytes went; the keyboard is a binary line iterator.
import io
import os
import socket
import sys

MOST = 65507


class Letterbox(io.RawIOBase):
    def __init__(self, address, family):
        self.address = address
        self.sock = socket.socket(family, socket.SOCK_DGRAM, socket.IPPROTO_UDP)

    def writable(self):
        return True

    def write(self, letter):
        return self.sock.sendto(letter, self.address)

    def close(self):
        self.sock.close()
        super().close()


def letter(line):
    line = line.decode().removesuffix("\n").removesuffix("\r")
    number = line[1:] if line[:1] == "#" else ""
    if number.isascii() and number.isdigit():
        return bytearray(b"x") * int(number)
    return line.encode()


def say(text):
    os.write(1, f"{text}\n".encode())


def parsed(text):
    host, _, port = text.rpartition(":")
    bare = host.strip("[]")
    family = socket.AF_INET6 if ":" in bare else socket.AF_INET
    socket.inet_pton(family, bare)
    number = int(port)
    if not 0 <= number <= 65535:
        raise ValueError
    return (bare, number), family


def main(text="127.0.0.1:12345", *_):
    try:
        where = parsed(text)
    except (OSError, ValueError):
        return f"오류: {text}은(는) 주소가 아닙니다"
    with Letterbox(*where) as box:
        say("보낼 줄을 치세요. #1000은 1000바이트입니다.")
        for line in sys.stdin.buffer:
            try:
                data = letter(line)
            except UnicodeDecodeError as error:
                return f"오류: {error}"
            try:
                say(f"보냈습니다: {box.write(data)}바이트")
            except OSError as error:
                if len(data) > MOST:
                    say(f"보내지 못했습니다: {len(data)}바이트는 데이터그램 하나에 담을 수 없습니다")
                else:
                    say(f"보내지 못했습니다: {error}")


sys.exit(main(*sys.argv[1:]))
