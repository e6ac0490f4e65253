"""Hangs as hang.rs does, in another language."""

import select
import socket
import sys

listener = socket.create_server(("127.0.0.1", 0))
address = "%s:%d" % listener.getsockname()
way = sys.argv[1]
if way == "accept":
    print("here", address, flush=True)
    listener.accept()
elif way == "recv":
    client = socket.create_connection(listener.getsockname())
    server, _ = listener.accept()
    server.sendall(b"ab")
    client.recv(2)
    print("here", "%s:%d" % client.getsockname(), "%s:%d" % client.getpeername(), flush=True)
    client.recv(2)
elif way == "select":
    print("here", address, flush=True)
    select.select([listener], [], [])
