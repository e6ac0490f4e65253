# Right: sendmsg of up to sixteen memoryviews at a time from a deque, with time.sleep while there is no room; the first view is cut where the kernel stopped.
import collections
import socket
import sys
import time


def views(size, width=30_011):
    whole = (bytes(range(251)) * (size // 251 + 1))[:size]
    return collections.deque(memoryview(whole)[i:i + width] for i in range(0, size, width))


def hand_over(sock, queue):
    taken = 0
    while queue:
        try:
            count = sock.sendmsg([queue[i] for i in range(min(16, len(queue)))])
        except BlockingIOError:
            time.sleep(0.001)
            continue
        except OSError as error:
            return taken, error
        taken += count
        while queue and count >= len(queue[0]):
            count -= len(queue.popleft())
        if count:
            queue[0] = queue[0][count:]
    return taken, None


def main(address="127.0.0.1:12345", size="8388608"):
    host, _, port = address.rpartition(":")
    sock = socket.create_connection((host, int(port)))
    sock.setblocking(False)
    taken, error = hand_over(sock, views(int(size)))
    sock.close()
    if error is not None:
        sys.exit(f"{address} went away after {taken} bytes: {error}")
    print(f"모두 넘겼습니다: {taken}바이트")


try:
    main(*sys.argv[1:3])
except (OSError, ValueError) as error:
    sys.exit(f"could not even begin: {error}")
