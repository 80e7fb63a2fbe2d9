"""Libraries whose plain twin of a coroutine runs a loop of its own."""

from aiohttp import web
from fastmcp import FastMCP
from pydantic_ai import Agent

agent = Agent("one")
server = FastMCP("two")


async def asked(question):
    return agent.run_sync(question)  # AUD107


async def asked_and_not_waited_for(question):
    return await agent.run(question)


def asked_without_a_loop(question):
    return agent.run_sync(question)


async def serve(application):
    server.run()  # AUD107
    web.run_app(application)  # AUD107


async def serve_on_this_loop():
    await server.run_async()


if __name__ == "__main__":
    server.run()
