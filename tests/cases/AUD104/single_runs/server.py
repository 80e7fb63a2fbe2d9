from pathlib import Path

from aiohttp import web

from comparison import write_both


async def answer(request: web.Request) -> web.Response:
    await write_both(request.app["models"], Path("both"))
    return web.Response()
