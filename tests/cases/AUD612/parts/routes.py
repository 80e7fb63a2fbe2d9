from fastapi import APIRouter


class Routes:
    def __init__(self, mailer=None, cookies=None, counter=None, cache=None):
        self.mailer = mailer
        self.cookies = cookies
        self.counter = counter
        self.cache = cache
        self.router = APIRouter()
        self.register()

    def register(self):
        @self.router.post("/mails")
        def mails(text: str):
            if not self.mailer:
                return {"success": False, "message": "there is no mailer"}
            return self.mailer.send(text)

        @self.router.post("/cookies")
        def cookies(text: str):
            if self.cookies is None:
                return {"success": False, "message": "there are no cookies"}
            return self.cookies.bake(text)

        @self.router.post("/counts")
        def counts(text: str):
            if self.counter is None:
                return {"success": False, "message": "nobody counts"}  # AUD612
            return self.counter.add(text)

        @self.router.post("/cached")
        def cached(text: str):
            if not self.cache:
                return {"success": False, "message": "there is no cache"}  # AUD612
            return self.cache.get(text)
