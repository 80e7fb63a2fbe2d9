import os

import flask_cors
from flask import Flask
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware

EVERY = ["*"]
NAMED = ["https://app.example"]
CHOSEN = ["*"]
CHOSEN = os.environ["ORIGINS"].split(",")
OPTIONS = {"allow_origins": ["*"], "allow_credentials": True}
SAFE = dict(allow_origins=["*"], allow_credentials=False)


def build(app, settings):
    app.add_middleware(CORSMiddleware, allow_origins=EVERY, allow_credentials=True)  # AUD602
    app.add_middleware(CORSMiddleware, allow_origins=NAMED, allow_credentials=True)
    app.add_middleware(CORSMiddleware, allow_origins=CHOSEN, allow_credentials=True)
    app.add_middleware(CORSMiddleware, allow_origins=settings.origins, allow_credentials=True)
    app.add_middleware(CORSMiddleware, allow_origins=["*"])
    app.add_middleware(CORSMiddleware, allow_origins=["*"], allow_credentials=settings.credentials)
    app.add_middleware(CORSMiddleware, **OPTIONS)  # AUD602
    app.add_middleware(CORSMiddleware, **SAFE)
    app.add_middleware(CORSMiddleware, allow_origin_regex=r"https://.*\.app\.example", allow_credentials=True)
    app.add_middleware(  # AUD602
        CORSMiddleware,
        allow_origins=os.getenv("ORIGINS", "*").split(","),
        allow_credentials=True,
    )
    return Starlette(
        middleware=[
            Middleware(CORSMiddleware, allow_origins=("*",), allow_credentials=True),  # AUD602
        ]
    )


wrapped = CORSMiddleware(Starlette(), allow_origins=["*"], allow_credentials=True)  # AUD602
flask_cors.CORS(Flask(__name__), supports_credentials=True)  # AUD602
flask_cors.CORS(Flask(__name__), origins="*", supports_credentials=True)  # AUD602
flask_cors.CORS(Flask(__name__), origins=NAMED, supports_credentials=True)
flask_cors.CORS(Flask(__name__))
flask_cors.CORS(Flask(__name__), resources={"/api/*": {"origins": "*"}}, supports_credentials=True)  # AUD602
flask_cors.CORS(Flask(__name__), resources={"/api/*": {"origins": ["*"]}}, supports_credentials=True)  # AUD602
flask_cors.CORS(Flask(__name__), resources={"/api/*": {"origins": NAMED}}, supports_credentials=True)
flask_cors.CORS(Flask(__name__), resources={"/api/*": {"origins": "*"}})
flask_cors.CORS(Flask(__name__), resources="/api/*", supports_credentials=True)


@flask_cors.cross_origin(supports_credentials=True)  # AUD602
def answer():
    return "all"


CORS_ALLOW_ALL_ORIGINS = True  # AUD602
CORS_ALLOW_CREDENTIALS = True
