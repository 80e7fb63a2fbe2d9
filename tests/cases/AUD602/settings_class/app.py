"""Applications whose origins are settings."""

from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware

from settings import Answer, CorsConfig, Open, settings

one = FastAPI()
one.add_middleware(CORSMiddleware, allow_origins=settings.origins, allow_credentials=True)  # AUD602
two = FastAPI()
two.add_middleware(CORSMiddleware, allow_origins=settings.wide, allow_credentials=True)  # AUD602
three = FastAPI()
three.add_middleware(CORSMiddleware, allow_origins=settings.parts, allow_credentials=True)  # AUD602


def build(config: CorsConfig, own: Open) -> FastAPI:
    app = FastAPI()
    origins = config.origins
    app.add_middleware(CORSMiddleware, allow_origins=origins, allow_credentials=True)  # AUD602
    app.add_middleware(CORSMiddleware, allow_origins=own.origins, allow_credentials=True)  # AUD602
    return app


# -- silent ------------------------------------------------------------------------------------------------

four = FastAPI()
four.add_middleware(CORSMiddleware, allow_origins=settings.named, allow_credentials=True)
five = FastAPI()
five.add_middleware(CORSMiddleware, allow_origins=settings.needed, allow_credentials=True)
six = FastAPI()
six.add_middleware(CORSMiddleware, allow_origins=settings.origins, allow_credentials=False)
seven = FastAPI()
seven.add_middleware(CORSMiddleware, allow_origins=settings.chosen, allow_credentials=True)
eight = FastAPI()
eight.add_middleware(CORSMiddleware, allow_origins=Answer().origins, allow_credentials=True)
nine = FastAPI()
nine.add_middleware(CORSMiddleware, allow_origins=["*"], allow_credentials=settings.no_credentials)
ten = FastAPI()
ten.add_middleware(CORSMiddleware, allow_origins=settings.wide, allow_credentials=settings.credentials)  # AUD602
