"""What stands before the routes."""


class _RateLimiter:
    def __init__(self):
        self.seen = {}


def install(app):
    app.state.guard = _RateLimiter()
