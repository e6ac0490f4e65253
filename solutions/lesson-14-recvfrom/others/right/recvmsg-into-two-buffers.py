# Right: select and recvmsg_into two bytearrays of unequal size, reusing them; the answer goes out by sendmsg in two parts.
import select
import socket
import sys

HEAD, TAIL = bytearray(5), bytearray(70000)


def shown(message):
    try:
        text = message.decode()
    except UnicodeDecodeError:
        return "글이 아닙니다"
    return text if len(text) <= 30 else text[:30] + "…"


def once(sock):
    select.select([sock], [], [])
    count, _, _, sender = sock.recvmsg_into([HEAD, TAIL])
    message = bytes(HEAD[:count]) + bytes(TAIL[:max(0, count - len(HEAD))])
    sys.stdout.write("%s:%d: %s\n" % (*sender[:2], shown(message)))
    sys.stdout.flush()
    sock.sendmsg([str(count).encode(), "바이트를 받았습니다".encode()], [], 0, sender)


address = sys.argv[1] if len(sys.argv) > 1 else "127.0.0.1:12345"
try:
    host, _, port = address.rpartition(":")
    with socket.socket(type=socket.SOCK_DGRAM) as sock:
        sock.bind((host, int(port)))
        print("서버가 시작되었습니다:", "{}:{}".format(*sock.getsockname()), flush=True)
        while True:
            once(sock)
except (OSError, ValueError) as error:
    print(address, error, file=sys.stderr)
    sys.exit(80)
