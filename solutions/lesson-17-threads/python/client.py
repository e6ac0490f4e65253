"""레슨 17 threads: 치는 동안에도 듣는 채팅 클라이언트.
Lesson 17 threads: a chat client that hears while you type.
"""

import os
import socket
import sys
import threading

finished = threading.Event()


# ANCHOR: converse
def converse(server):
    hearing = threading.Thread(target=hear, args=(server,), daemon=True)
    hearing.start()
    if speak(server):
        finished.set()
        server.shutdown(socket.SHUT_WR)
    hearing.join()
# ANCHOR_END: converse


def hear(server):
    try:
        for line in server.makefile("rb"):
            print(line.removesuffix(b"\n").decode(errors="replace"), flush=True)
    except OSError:
        pass
    if not finished.is_set():
        print("서버가 끝냈습니다", flush=True)
        os._exit(0)


def speak(server):
    """입력이 끝나면 True, 더 보낼 수 없으면 False. / True where the input ends, False where nothing can be sent."""
    try:
        for line in sys.stdin:
            server.sendall((line.removesuffix("\n") + "\n").encode())
    except OSError:
        return False
    return True


def main():
    address = sys.argv[1] if len(sys.argv) > 1 else "127.0.0.1:12345"
    host, _, port = address.rpartition(":")
    try:
        server = socket.create_connection((host, int(port)))
    except (OSError, ValueError) as error:
        sys.exit(f"오류: {address}: {error}")
    try:
        converse(server)
    except OSError:
        pass


if __name__ == "__main__":
    main()
