import http.client
import ssl

from base import Base


class Client(Base):
    def connect(self):
        context = None
        if self.dcv:
            context = ssl._create_unverified_context()
        return http.client.HTTPSConnection(self.address, context=context, timeout=5)

    def connect_to_proxy(self):
        chosen = None
        if self.proxied:
            chosen = ssl._create_unverified_context()  # AUD208
        return http.client.HTTPSConnection(self.address, context=chosen, timeout=5)
