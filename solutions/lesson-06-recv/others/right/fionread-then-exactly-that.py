# Right: waits for one byte with MSG_PEEK, asks FIONREAD how many there are, and receives exactly so many.
import array
import fcntl
import io
import socket
import sys
import termios


def there(client):
    """How many bytes are there, at least one; 0 at the end."""
    if not client.recv(1, socket.MSG_PEEK):
        return 0
    count = array.array("i", [0])
    fcntl.ioctl(client, termios.FIONREAD, count)
    return max(1, min(count[0], 1 << 20))


def receive(client, into):
    while count := there(client):
        while count:
            chunk = client.recv(count)
            if not chunk:
                return
            into.write(chunk)
            count -= len(chunk)


def text(message):
    decoded = message.decode("utf-8", "surrogateescape")
    if decoded.encode("utf-8", "surrogateescape") == message and not any(0xDC80 <= ord(c) <= 0xDCFF for c in decoded):
        return f"메시지: {decoded}"
    good = next(i for i, c in enumerate(decoded) if 0xDC80 <= ord(c) <= 0xDCFF)
    return f"UTF-8이 아닙니다: {len(decoded[:good].encode())}바이트까지만 글자입니다"


def main():
    host, _, port = (sys.argv[1] if len(sys.argv) > 1 else "127.0.0.1:12345").rpartition(":")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.create_server((host.strip("[]"), int(port)), family=family)
    print(f"서버가 시작되었습니다: {host}:{listener.getsockname()[1]}", flush=True)
    while True:
        client, _ = listener.accept()
        message = io.BytesIO()
        try:
            with client:
                receive(client, message)
            told = text(message.getvalue())
        except ConnectionResetError:
            told = "상대가 연결을 끊었습니다 (RST)"
        except OSError as error:
            told = f"받다가 오류가 났습니다: {error}"
        print(f"받은 바이트: {message.tell()}\n{told}", flush=True)


try:
    main()
except (OSError, ValueError, OverflowError) as error:
    sys.exit(f"오류: {error}")
