import time

import click
import uvicorn
from fastapi import FastAPI


@click.command()
def serve():
    app = FastAPI()

    @app.get("/orders")
    async def orders():
        time.sleep(1)  # AUD101
        return []

    uvicorn.run(app)


async def report():
    time.sleep(1)
