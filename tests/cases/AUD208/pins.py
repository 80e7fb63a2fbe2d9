import hashlib
import ssl


class PinnedSocket(ssl.SSLSocket):
    pins = frozenset()

    def do_handshake(self, block=False):
        super().do_handshake(block)
        certificate = self.getpeercert(binary_form=True)
        if hashlib.sha256(certificate or b"").hexdigest() not in self.pins:
            self.close()
            raise ConnectionError("another key")


def pinned():
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    context.sslsocket_class = PinnedSocket
    return context
