"""What waits only for coroutines that a caller may give: few give one to a plain function."""

import asyncio
import concurrent.futures
import inspect

from fastapi import FastAPI

application = FastAPI()


def run_apart(function):
    with concurrent.futures.ThreadPoolExecutor() as pool:
        return pool.submit(asyncio.run, function()).result()


class Agent:
    def __init__(self, plugins=()):
        for plugin in plugins:
            if inspect.iscoroutinefunction(plugin):
                run_apart(plugin)
            else:
                plugin()

    def ask(self, question):
        return run_apart(question)


@application.get("/answer")
async def answers(question):
    agent = Agent()
    return agent.ask(question)  # AUD106
