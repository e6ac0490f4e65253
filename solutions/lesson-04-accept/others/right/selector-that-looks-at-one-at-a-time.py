# Right: a selector with non-blocking sockets that unregisters the listener while a client is there, so that it still serves one at a time.
import selectors
import socket
import sys


class Server:
    def __init__(self, host, port):
        self.selector = selectors.DefaultSelector()
        self.listener = socket.create_server((host, port), backlog=50)
        self.listener.setblocking(False)
        self.open_door()

    def open_door(self):
        self.selector.register(self.listener, selectors.EVENT_READ, self.welcome)

    def welcome(self, listener):
        try:
            client, peer = listener.accept()
        except BlockingIOError:
            return
        print("손님이 왔습니다: {}:{}".format(*peer), flush=True)
        client.setblocking(False)
        self.selector.unregister(listener)
        self.rest, self.peer = memoryview("반갑습니다".encode()), peer
        self.selector.register(client, selectors.EVENT_READ | selectors.EVENT_WRITE, self.talk)

    def talk(self, client):
        try:
            if self.rest:
                self.rest = self.rest[client.send(self.rest):]
                if not self.rest:
                    self.selector.modify(client, selectors.EVENT_READ, self.talk)
                return
            if client.recv(65536):
                return
        except (BlockingIOError, InterruptedError):
            return
        except OSError as error:
            sys.stderr.write("lost %s:%d because of %r\n" % (*self.peer, error))
            sys.stderr.flush()
        self.selector.unregister(client)
        client.close()
        self.open_door()

    def run(self):
        print("서버가 시작되었습니다: {}:{}".format(*self.listener.getsockname()), flush=True)
        while True:
            for key, _ in self.selector.select():
                key.data(key.fileobj)


if __name__ == "__main__":
    host, _, port = (sys.argv + ["127.0.0.1:12345"])[1].rpartition(":")
    Server(host, int(port)).run()
