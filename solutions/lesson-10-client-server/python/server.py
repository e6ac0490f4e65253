"""레슨 10의 파이썬판: 서버 / the Python version of lesson 10: the server."""

import os
import signal
import socket
import sys
import threading
import time

DEFAULT_ADDRESS = "127.0.0.1:12345"
DEFAULT_PATIENCE = 5000
LIMIT = 1024


# ANCHOR: deadline
def read_some(client, most, deadline):
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    client.settimeout(left)
    return client.recv(most)
# ANCHOR_END: deadline


def receive(client, deadline):
    message = b""
    while b"\n" not in message:
        chunk = read_some(client, 256, deadline)
        if not chunk:
            break
        message += chunk
        if len(message) > LIMIT and b"\n" not in message[:LIMIT]:
            raise ValueError("너무 깁니다")
    if not message:
        raise EOFError
    return message.split(b"\n")[0].decode().rstrip()


def serve(client, number, deadline):
    message = receive(client, deadline)
    client.sendall(f"{number}번째 손님, 반갑습니다.\n".encode())
    try:
        client.shutdown(socket.SHUT_WR)
        while read_some(client, 4096, deadline):
            pass
    except OSError:
        pass  # 답은 보냈습니다 / the reply is sent
    return message


# ANCHOR: outlive
def tell(client, number, deadline):
    try:
        return f"{number}번째 손님: {serve(client, number, deadline)}"
    except ValueError:
        why = "읽을 수 없는 메시지"
    except EOFError:
        why = "아무 말 없이 떠남"
    except (TimeoutError, socket.timeout):
        why = "시간이 다 됨"
    except OSError:
        why = "연결이 끊김"
    return f"{number}번째 손님을 놓쳤습니다: {why}"
# ANCHOR_END: outlive


def main():
    host, port = (sys.argv[1] if len(sys.argv) > 1 else DEFAULT_ADDRESS).rsplit(":", 1)
    patience = int(sys.argv[2] if len(sys.argv) > 2 else DEFAULT_PATIENCE) / 1000
    stopping = threading.Event()
    with socket.create_server((host, int(port))) as listener:
        address = listener.getsockname()

        # ANCHOR: stop
        def stop(*_):
            stopping.set()
            # 시그널 처리기는 손님을 맞이하는 스레드에서 실행됩니다. 여기서 기다리면 서버가 멈춥니다.
            # A signal handler runs in the thread that serves: it must not wait here.
            threading.Thread(
                target=socket.create_connection, args=(address,), daemon=True
            ).start()
        # ANCHOR_END: stop

        def stop_on_a_line():
            for line in sys.stdin.buffer:
                if line.strip() == b"stop":
                    return stop()

        print(
            f"서버가 시작되었습니다: {address[0]}:{address[1]} (stop이나 Ctrl-C로 끝냅니다)",
            flush=True,
        )
        signal.signal(signal.SIGINT, stop)
        threading.Thread(target=stop_on_a_line, daemon=True).start()
        number = 0
        while True:
            try:
                client, _ = listener.accept()
            except OSError as error:
                print(f"손님을 받지 못했습니다: {error}", file=sys.stderr)
                time.sleep(0.1)
                continue
            with client:
                if stopping.is_set():
                    print(f"서버를 마칩니다. 손님 {number}명", flush=True)
                    return
                number += 1
                told = tell(client, number, time.monotonic() + patience)
            print(told, flush=True)


try:
    main()
    # 키보드를 기다리는 스레드는 두고 끝냅니다. / The thread that reads stdin is left behind.
    os._exit(0)
except OSError as error:
    sys.exit(f"오류: {error}")
