# Right: one bytearray of 65,540 bytes for all clients, recv_into slices of a memoryview, replies straight from it.
import os
import socket
import sys
import threading

room = memoryview(bytearray(65540))


def fill(client, start, end):
    at = start
    while at < end:
        count = client.recv_into(room[at:end])
        if count == 0:
            break
        at += count
    return at - start


def converse(client):
    client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    client.sendmsg([b"\0\0\0\x0f", "반갑습니다".encode()])
    while True:
        got = fill(client, 0, 4)
        if got == 0:
            return "손님이 끝냈습니다"
        if got < 4:
            return "메시지가 중간에 끝났습니다"
        length = (room[0] << 24) | (room[1] << 16) | (room[2] << 8) | room[3]
        print(f"{length}바이트짜리 메시지가 옵니다", flush=True)
        if 4 + length > len(room):
            return f"너무 깁니다: {length}바이트"
        if fill(client, 4, 4 + length) < length:
            return "메시지가 중간에 끝났습니다"
        client.sendall(room[: 4 + length])


def main():
    host, port = (sys.argv[1] if len(sys.argv) > 1 else "127.0.0.1:12345").rsplit(":", 1)
    server = socket.create_server((host, int(port)))
    print("서버가 시작되었습니다: %s:%d (Enter로 끝냅니다)" % server.getsockname(), flush=True)
    threading.Thread(target=lambda: sys.stdin.readline() and os._exit(0), daemon=True).start()
    while True:
        client, _ = server.accept()
        try:
            said = converse(client)
        except ConnectionResetError:
            said = "손님이 끊었습니다 (RST)"
        except OSError as error:
            said = f"오류: {error}"
        finally:
            client.close()
        print(said, flush=True)


main()
