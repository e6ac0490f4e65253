# Right: recvmsg with the kernel's packet info; the answer leaves by sendmsg from just the address that was written to.
import socket
import struct
import sys

IP_PKTINFO = 8
MOST = 65535


class Letter:
    def __init__(self, data, ancillary, sender):
        self.data, self.sender = data, sender
        self.reached = None
        for level, kind, raw in ancillary:
            if (level, kind) == (socket.IPPROTO_IP, IP_PKTINFO):
                _, self.reached, _ = struct.unpack("=I4s4s", raw[:12])

    def __str__(self):
        host, port = self.sender[:2]
        who = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
        try:
            text = self.data.decode()
        except UnicodeDecodeError:
            return f"{who}: 글이 아닙니다"
        return f"{who}: {text if len(text) < 31 else text[:30] + '…'}"


class Office:
    def __init__(self, host, port):
        self.family = socket.AF_INET6 if ":" in host else socket.AF_INET
        self.sock = socket.socket(self.family, socket.SOCK_DGRAM)
        if self.family == socket.AF_INET:
            self.sock.setsockopt(socket.IPPROTO_IP, IP_PKTINFO, 1)
        self.sock.bind((host, port))

    @property
    def name(self):
        host, port = self.sock.getsockname()[:2]
        return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"

    def __iter__(self):
        return self

    def __next__(self):
        data, ancillary, _, sender = self.sock.recvmsg(MOST, socket.CMSG_SPACE(12))
        return Letter(data, ancillary, sender)

    def answer(self, letter):
        extra = []
        if letter.reached:
            info = struct.pack("=I4s4s", 0, letter.reached, bytes(4))
            extra = [(socket.IPPROTO_IP, IP_PKTINFO, info)]
        parts = [str(len(letter.data)).encode(), "바이트를 받았습니다".encode()]
        self.sock.sendmsg(parts, extra, 0, letter.sender)


def main():
    text = sys.argv[1] if len(sys.argv) > 1 else "127.0.0.1:12345"
    host, _, port = text.rpartition(":")
    try:
        office = Office(host.strip("[]"), int(port))
    except (OSError, ValueError, OverflowError) as error:
        sys.exit(f"오류: {text}: {error}")
    print("서버가 시작되었습니다:", office.name, flush=True)
    for letter in office:
        print(letter, flush=True)
        office.answer(letter)


main()
