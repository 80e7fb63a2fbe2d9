import asyncio

from aiohttp import web

from pages import summarise


def begin(model, documents):
    application = web.Application()
    application.router.add_post("/summary", lambda request: summarise(model, documents[0]))
    asyncio.run(web._run_app(application))
