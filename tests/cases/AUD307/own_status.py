from http import HTTPStatus


class Refused(Exception):
    def __init__(self, message, status_code):
        super().__init__(message)
        self.status_code = status_code


def address(parse, text):
    try:
        return parse(text)
    except Exception:
        raise Refused("malformed", status_code=HTTPStatus.BAD_REQUEST) from None


def load(read):
    try:
        return read()
    except Exception:
        raise Refused("no data", status_code=502) from None  # AUD307


def decrypt(key, text):
    try:
        return key.decrypt(text)
    except Exception:
        # Generic on purpose: which check failed stays unknown.
        raise ValueError("cannot be decrypted") from None


def marked_for_a_tool(store, text):
    try:
        return store.find(text)
    except Exception:  # noqa: BLE001
        raise ValueError("cannot be decrypted") from None  # AUD307


def pattern(compile_pattern, value):
    try:
        return compile_pattern(value)
    except Exception:
        raise ValueError("no pattern") from None


async def token(to_thread, get_token):
    try:
        return await to_thread(get_token)
    except Exception:
        raise ValueError("no token") from None  # AUD307


def with_its_text(load, build, traceback):
    import sys

    try:
        return load()
    except Exception:
        raise build(sys.exc_info()) from None
