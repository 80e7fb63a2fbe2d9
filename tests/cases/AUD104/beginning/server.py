from aiohttp import web

from initializer import read_roles
from state import load_state, save_state


class Backend:
    async def on_server_startup(self):
        self.state = await load_state()
        self.roles = await read_roles()

    async def persist(self):
        await save_state(self.state)


async def answer(request: web.Request) -> web.Response:
    await request.app["backend"].persist()
    return web.Response()
