"""Functions that another module makes routes."""

from fastapi import Depends

from google import exchange, warm
from settings import get_config


async def callback(code: str, config=Depends(get_config)):
    return (await exchange(code)).json()


async def prepare(code: str):
    return (await warm(code)).json()
