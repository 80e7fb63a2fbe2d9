"""Segments of aiohttp's paths, and headers that the server has read."""

from aiohttp import web


async def row(request: web.Request) -> web.Response:
    return web.json_response({"row": int(request.match_info["number"])})


async def note(request: web.Request) -> web.Response:
    return web.json_response({"note": int(request.match_info["note"])})  # AUD625


async def size(request: web.Request) -> web.Response:
    length = int(request.headers.get("Content-Length") or 0)
    limit = int(request.query.get("limit", "20"))  # AUD625
    return web.json_response({"length": length, "limit": limit})


def make_app() -> web.Application:
    app = web.Application()
    app.router.add_get(r"/rows/{number:\d+}", row)
    app.router.add_get("/notes/{note}", note)
    app.router.add_get("/size", size)
    return app
