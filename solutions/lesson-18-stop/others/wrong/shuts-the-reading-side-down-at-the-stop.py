"""
//! Wrong: the stop shuts the reading side of every socket down: whoever still sends after its goodbye is answered by RST.
//! Steps written: 1-6
"""
import os
import queue
import signal
import socket
import sys
import threading
import time

SORRY = "1부터 2000000까지의 수를 보내 주세요\n".encode()
FIN_WAIT = (4, 5)
events = queue.SimpleQueue()
registry = {}
lock = threading.Lock()
stopping = False


def lines_of(client):
    kept = b""
    while True:
        line, newline, rest = kept.partition(b"\n")
        if newline or len(line) > 1025:
            kept = rest
            yield line.removesuffix(b"\r")
        elif chunk := client.recv(4096):
            kept += chunk
        else:
            if kept and not stopping:
                yield kept.removesuffix(b"\r")
            return


def serve(client):
    client.sendall("몇까지 셀까요?\n".encode())
    for line in lines_of(client):
        if stopping:
            break
        if len(line) > 1024:
            return part(client, SORRY)
        number = int(line) if line.isdigit() else 0
        if 1 <= number <= 2_000_000:
            for first in range(1, number + 1, 9000):
                last = min(first + 9000, number + 1)
                client.sendall("".join(f"{n}\n" for n in range(first, last)).encode())
        else:
            client.sendall(SORRY)
    if stopping:
        part(client, "서버가 끝납니다\n".encode())


def part(client, words):
    client.sendall(words)
    client.shutdown(socket.SHUT_WR)
    client.setblocking(False)
    # Until the client's FIN or RST has come; what it sends before is taken.
    while client.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, 1)[0] in FIN_WAIT:
        try:
            client.recv(65536)
        except BlockingIOError:
            pass
        time.sleep(0.01)


def visit(client):
    try:
        serve(client)
    except OSError:
        pass
    with lock:
        del registry[client.fileno()]
        client.close()
    events.put("gone")


def accept(listener):
    while True:
        client, _ = listener.accept()
        with lock:
            if stopping:
                return listener.close()
            registry[client.fileno()] = client
        events.put("came")
        threading.Thread(target=visit, args=(client,), daemon=True).start()


def stop_accepting(listener, accepting):
    global stopping
    with lock:
        stopping = True
        for client in registry.values():
            try:
                client.shutdown(socket.SHUT_RD)
            except OSError:
                pass
    socket.create_connection(listener.getsockname()[:2]).close()
    accepting.join()


def tell(line):
    print(line, flush=True)


def main():
    host, port = (sys.argv[1] if len(sys.argv) > 1 else "127.0.0.1:12345").rsplit(":", 1)
    seconds = int(sys.argv[2] if len(sys.argv) > 2 else 10)
    assert 1 <= seconds <= 600, "1..600"
    listener = socket.create_server((host, int(port)))
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: events.put("stop"))

    def typed():
        while sys.stdin.readline():
            events.put("stop")

    threading.Thread(target=typed, daemon=True).start()
    tell("서버가 시작되었습니다: %s:%d (Enter나 Ctrl-C로 끝냅니다)" % listener.getsockname())
    accepting = threading.Thread(target=accept, args=(listener,), daemon=True)
    accepting.start()
    count, deadline = 0, None
    while True:
        try:
            left = None if deadline is None else max(0, deadline - time.monotonic())
            event = events.get(timeout=left)
        except queue.Empty:
            tell(f"더 기다리지 않습니다 (손님 {count}명)")
            return 0
        if event == "came":
            count += 1
            tell(f"손님이 왔습니다 ({count}명)")
        elif event == "gone":
            count -= 1
            tell(f"손님이 갔습니다 ({count}명)")
        elif deadline is None:
            deadline = time.monotonic() + seconds
            stop_accepting(listener, accepting)
            tell(f"끝내는 중입니다 (손님 {count}명)")
        else:
            tell(f"바로 끝냅니다 (손님 {count}명)")
            return 130
        if deadline is not None and count == 0 and events.empty():
            tell("모두 보냈습니다")
            return 0


try:
    status = main()
except (OSError, ValueError, AssertionError) as error:
    sys.exit(f"{error}")
os._exit(status)
