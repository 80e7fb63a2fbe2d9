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
