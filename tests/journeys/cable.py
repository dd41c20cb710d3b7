# SPDX-License-Identifier: GPL-3.0-or-later
"""A network cable between a workstation and the service, to be cut and mended while both run."""
import socket
import threading


class Cable:
    """Passes bytes between its own port on loopback and another one, while it is whole."""

    def __init__(self, port):
        self.target = port
        self.lock = threading.Lock()
        self.whole = True
        self.sockets = set()
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self):
        while True:
            try:
                near, _ = self.listener.accept()
            except OSError:  # the end
                return
            self._connect(near)

    def _connect(self, near):
        try:
            far = socket.create_connection(("127.0.0.1", self.target))
        except OSError:
            near.close()
            return
        with self.lock:
            if not self.whole:
                near.close()
                far.close()
                return
            self.sockets |= {near, far}
        for source, sink in ((near, far), (far, near)):
            threading.Thread(target=self._pass_on, args=(source, sink), daemon=True).start()

    def _pass_on(self, source, sink):
        try:
            while data := source.recv(65536):
                sink.sendall(data)
        except OSError:
            pass
        with self.lock:
            self._close({source, sink})

    def _close(self, sockets):
        for one in sockets & self.sockets:
            self.sockets.discard(one)
            try:
                one.shutdown(socket.SHUT_RDWR)
            except OSError:  # the other side was faster
                pass
            one.close()

    def cut(self):
        """Ends every connection; new ones are closed at once, as by a machine that is not there."""
        with self.lock:
            self.whole = False
            self._close(set(self.sockets))

    def mend(self):
        with self.lock:
            self.whole = True

    def end(self):
        self.cut()
        self.listener.close()
