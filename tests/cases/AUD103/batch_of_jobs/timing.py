import functools
import time


def timed(function):
    @functools.wraps(function)
    def measured(*arguments, **named):
        began = time.monotonic()
        try:
            return function(*arguments, **named)
        finally:
            print(function.__name__, time.monotonic() - began)

    return measured
