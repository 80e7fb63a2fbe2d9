import functools

_sunsets = {}
_seen = {}


def deprecated(function):
    """The function lives as long as the one that is given in its place."""
    _sunsets[id(function)] = "2030"

    @functools.wraps(function)
    def wrapper(*arguments):
        return function(*arguments)

    wrapper.sunset = _sunsets[id(function)]
    return wrapper


def seen(function):
    _seen[id(function)] = True  # AUD525

    def wrapper(*arguments):
        return arguments

    return wrapper
