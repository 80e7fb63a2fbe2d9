from slowapi import Limiter
from slowapi.util import get_remote_address

limiter = Limiter(key_func=get_remote_address)


class SignInRateLimitMiddleware:
    def __init__(self, app):
        self.app = app
