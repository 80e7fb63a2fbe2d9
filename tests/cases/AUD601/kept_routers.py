from fastapi import APIRouter


class LinkRoutes:
    def __init__(self, service, other=None):
        self.service = service
        self.router = APIRouter(prefix="/links")
        self.other = other or APIRouter()
        self._register()
        self._register_more()

    def _register(self):
        @self.router.post("/{provider}")
        async def link(provider: str):
            return self.service.link(provider)

        @self.router.post("/google")
        async def link_google():  # AUD601
            return self.service.link("google")

        @self.router.get("/github")
        async def link_github():
            return self.service.link("github")

        @self.other.post("/{provider}")
        async def unlink(provider: str):
            return self.service.unlink(provider)

        @self.other.post("/google")
        async def unlink_google():
            return self.service.unlink("google")

    def _register_more(self):
        @self.router.post("/gitlab")
        async def link_gitlab():
            return self.service.link("gitlab")
