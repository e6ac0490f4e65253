"""레슨 22 remote-control: 유니티를 맡는 클라이언트. 명령을 한 번씩만 합니다.
Lesson 22 remote-control: the client that plays Unity, and carries each command out once.
"""

import os
import socket
import sys
import threading
import time

from frames import Rubbish, number, number_after, read_frame, send_frame

FIRST_PAUSE = 0.1
LONGEST_PAUSE = 2.0


class Unity:
    def __init__(self):
        self.last = 0
        self.is_connected = False


def keep_coming_back(host, port):
    unity = Unity()
    pause = FIRST_PAUSE
    is_told = False
    while True:
        why = None
        try:
            with socket.create_connection((host, port)) as server:
                obey(server, unity)
        except (OSError, Rubbish) as error:
            why = error
        if unity.is_connected:
            unity.is_connected = False
            pause, is_told = FIRST_PAUSE, False
        if not is_told:
            print("끊겼습니다", flush=True)
            is_told = True
        if why is not None:
            print(f"{host}:{port}: {why}", file=sys.stderr)
        time.sleep(pause)
        pause = min(LONGEST_PAUSE, pause * 2)


# ANCHOR: obey
def obey(server, unity):
    with server.makefile("rb") as reader:
        send_frame(server, f"last {unity.last}")
        answer = read_frame(reader)
        if answer is None:
            return
        unity.last = number_after("after ", answer)
        unity.is_connected = True
        host, port = server.getpeername()
        print(f"연결되었습니다: {host}:{port}", flush=True)
        while (frame := read_frame(reader)) is not None:
            id, blank, command = frame.partition(" ")
            id = number(id if blank else "")
            if id > unity.last:
                print(f"명령: {command}", flush=True)
                unity.last = id
            send_frame(server, f"done {id}")
# ANCHOR_END: obey


def end_on_enter():
    if sys.stdin.readline():
        os._exit(0)


def main():
    address = sys.argv[1] if len(sys.argv) > 1 else "127.0.0.1:9090"
    host, _, port = address.rpartition(":")
    threading.Thread(target=end_on_enter, daemon=True).start()
    keep_coming_back(host, int(port))


if __name__ == "__main__":
    main()
