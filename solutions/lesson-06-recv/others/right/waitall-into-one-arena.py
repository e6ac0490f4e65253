# Right: recv_into with MSG_WAITALL straight into one bytearray that doubles; a short count only means: ask again.
import ipaddress
import socket
import sys


def receive(client):
    arena, used, error = bytearray(4096), 0, None
    try:
        while True:
            if used == len(arena):
                arena += bytes(len(arena))
            with memoryview(arena) as view:
                count = client.recv_into(view[used:], 0, socket.MSG_WAITALL)
            if count == 0:
                break
            used += count
    except OSError as caught:
        error = caught
    return arena[:used], error


def told(message, error):
    if isinstance(error, ConnectionResetError):
        return "상대가 연결을 끊었습니다 (RST)"
    if error is not None:
        return f"받다가 오류가 났습니다: {error}"
    try:
        return "메시지: " + str(message, "utf-8")
    except UnicodeDecodeError as broken:
        return f"UTF-8이 아닙니다: {broken.start}바이트까지만 글자입니다"


def say(*lines):
    for line in lines:
        sys.stdout.buffer.write(line.encode() + b"\n")
        sys.stdout.buffer.flush()


def main():
    host, _, port = (sys.argv[1] if len(sys.argv) > 1 else "127.0.0.1:12345").rpartition(":")
    ip = ipaddress.ip_address(host.strip("[]"))
    with socket.create_server((str(ip), int(port)), family={4: socket.AF_INET, 6: socket.AF_INET6}[ip.version]) as door:
        bound = door.getsockname()
        say(f"서버가 시작되었습니다: {host}:{bound[1]}")
        while True:
            client, _ = door.accept()
            with client:
                message, error = receive(client)
            say(f"받은 바이트: {len(message)}", told(message, error))


try:
    main()
except (OSError, ValueError, OverflowError) as error:
    sys.exit(f"오류: {error}")
