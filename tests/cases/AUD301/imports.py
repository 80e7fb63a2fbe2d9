import logging

try:
    import aptsources

    available = True
except:
    available = False

try:
    import aptsources

    sources = aptsources.list()
except:  # AUD301
    sources = None


class ToStream(logging.StreamHandler):
    def emit(self, record):
        try:
            self.stream.write(self.format(record))
        except:
            self.handleError(record)


def to_be_filled(socket):
    try:
        # The socket is written to here.
        pass
    except:
        socket.close()
