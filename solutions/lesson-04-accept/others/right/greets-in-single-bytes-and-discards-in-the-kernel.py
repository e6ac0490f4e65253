# Right: greets one byte at a time without Nagle, waits by poll, and lets the kernel throw away what comes (MSG_TRUNC on TCP).
import select
import socket
import sys

GREETING = "반갑습니다".encode()


def greet(client):
    client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    for place in range(len(GREETING)):
        client.sendall(GREETING[place:place + 1])


def stay(client):
    ear = select.poll()
    ear.register(client, select.POLLIN | select.POLLRDHUP)
    while True:
        ear.poll()
        if not client.recv(1 << 15, socket.MSG_TRUNC):
            return


def main(text="127.0.0.1:12345", *_):
    host, _, port = text.rpartition(":")
    with socket.socket() as door:
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        door.bind((host, int(port)))
        door.listen()
        sys.stdout.reconfigure(line_buffering=True)
        print("서버가 시작되었습니다: {}:{}".format(*door.getsockname()))
        while True:
            client, peer = door.accept()
            name = "{}:{}".format(*peer)
            print(f"손님이 왔습니다: {name}")
            try:
                greet(client)
                stay(client)
            except OSError as error:
                print(f"{name}: {error}", file=sys.stderr, flush=True)
            finally:
                client.close()


try:
    main(*sys.argv[1:])
except (OSError, ValueError) as error:
    sys.exit(f"오류: {error}")
