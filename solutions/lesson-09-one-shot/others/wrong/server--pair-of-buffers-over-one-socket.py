"""
//! Wrong: readline(LIMIT) of a BufferedRWPair may give more than LIMIT bytes, and a message that is too long is taken (step 2).
//! Steps written: 1-5
"""
import contextlib
import socket
import sys

LIMIT = 1024


def main(place):
    host, _, port = place.rpartition(":")
    with contextlib.ExitStack() as house:
        door = house.enter_context(
            socket.create_server((host.strip("[]"), int(port)), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
        )
        print(f"서버가 시작되었습니다: {host}:{door.getsockname()[1]}", flush=True)
        client, peer = door.accept()
    with client:
        shown = f"[{peer[0]}]:{peer[1]}" if len(peer) == 4 else f"{peer[0]}:{peer[1]}"
        print(f"손님이 왔습니다: {shown}", flush=True)
        client.settimeout(10)
        with client.makefile("rwb", buffering=100) as pair:
            line = pair.readline(LIMIT)
            if len(line) == LIMIT and line[-1:] != b"\n":
                raise ValueError("메시지가 너무 깁니다")
            print(f"받은 메시지: {line.decode().rstrip()}", flush=True)
            pair.write("네, 잘 들었습니다.\n".encode())
            pair.flush()
            client.shutdown(socket.SHUT_WR)
            room = bytearray(700)
            while pair.readinto1(room):
                pass


try:
    main(sys.argv[1] if len(sys.argv) > 1 else "127.0.0.1:12345")
except (OSError, ValueError, OverflowError) as error:
    sys.exit(f"오류: {error}")
