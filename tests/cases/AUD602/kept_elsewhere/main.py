from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware

import settings as kept
from settings import NAMED, ORIGINS, settings

app = FastAPI()
app.add_middleware(CORSMiddleware, allow_origins=ORIGINS, allow_credentials=True)  # AUD602
app.add_middleware(CORSMiddleware, allow_origins=kept.ORIGINS, allow_credentials=True)  # AUD602
app.add_middleware(CORSMiddleware, allow_origins=settings.origins.split(","), allow_credentials=True)  # AUD602
app.add_middleware(  # AUD602
    CORSMiddleware,
    allow_origins=[origin.strip() for origin in settings.origins.split(",")],
    allow_credentials=True,
)
app.add_middleware(CORSMiddleware, allow_origins=NAMED, allow_credentials=True)
app.add_middleware(CORSMiddleware, allow_origins=kept.NAMED, allow_credentials=True)
app.add_middleware(CORSMiddleware, allow_origins=settings.named.split(","), allow_credentials=True)


def create(text, is_local):
    made = FastAPI()
    origins = text.split(",") if text else ["*"]
    made.add_middleware(CORSMiddleware, allow_origins=origins, allow_credentials=True)  # AUD602
    made.add_middleware(
        CORSMiddleware, allow_origins=text.split(",") if not is_local else ["*"], allow_credentials=True
    )
    return made
