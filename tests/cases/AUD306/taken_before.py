"""What the first call can raise, and a handler before has taken."""

import os


def reads(file, feed, log):
    try:
        data = os.read(file, 8192)
        feed(data)
    except OSError:
        return None
    except Exception:
        log(data)


def reads_what_is_opened(file, feed, log):
    try:
        data = file.receive()
        feed(data)
    except OSError:
        return None
    except Exception:
        log(data)  # AUD306


def reads_under_one_handler(file, feed, log):
    try:
        data = os.read(file, 8192)
        feed(data)
    except ValueError:
        return None
    except Exception:
        log(data)  # AUD306
