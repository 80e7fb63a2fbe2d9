"""Applications in debug mode, and those where something decides."""

import os

import fastapi
from fastapi import FastAPI
from shop import settings
from starlette.applications import Starlette

always = FastAPI(title="shop", debug=True)  # AUD613
by_module = fastapi.FastAPI(debug=True)  # AUD613
plain = Starlette(debug=True, routes=[])  # AUD613


class Server:
    def __init__(self):
        self.app = FastAPI(debug=True)  # AUD613


def make_app():
    return FastAPI(  # AUD613
        title="shop",
        debug=True,
    )


# -- something decides -----------------------------------------------------------------------------------------

off = FastAPI(debug=False)
left_out = FastAPI()
by_setting = FastAPI(debug=settings.debug)
by_environment = FastAPI(debug=os.environ.get("DEBUG") == "1")
by_choice = FastAPI(debug=True) if settings.debug else FastAPI()
other = settings.Application(debug=True)

if settings.debug:
    under_condition = FastAPI(debug=True)
else:
    under_condition = FastAPI()


def make_debug_app():
    return FastAPI(debug=True)


if __name__ == "__main__":
    local = FastAPI(debug=True)
