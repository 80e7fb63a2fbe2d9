from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware


def create(origins=None, others=None, debug=False, known=("https://app.example",)):
    app = FastAPI()
    allowed = origins if origins is not None else ["*"]
    app.add_middleware(CORSMiddleware, allow_origins=allowed, allow_credentials=True)  # AUD602
    app.add_middleware(CORSMiddleware, allow_origins=others or ["*"], allow_credentials=True)  # AUD602
    app.add_middleware(CORSMiddleware, allow_origins=others or known, allow_credentials=True)
    # Only who develops it lets everybody in.
    in_work = known if not debug else ["*"]
    app.add_middleware(CORSMiddleware, allow_origins=in_work, allow_credentials=True)
    chosen = known if "*" not in known else ["*"]
    app.add_middleware(CORSMiddleware, allow_origins=chosen, allow_credentials=True)
    return app


def create_twice(known, mode, is_dev):
    app = FastAPI()
    if mode == "development":
        app.add_middleware(CORSMiddleware, allow_origins=["*"], allow_credentials=True)
    elif mode == "staging":
        app.add_middleware(CORSMiddleware, allow_origins=["*"], allow_credentials=True)  # AUD602
    if is_dev:
        app.add_middleware(CORSMiddleware, allow_origins=["*"], allow_credentials=True)
    else:
        app.add_middleware(CORSMiddleware, allow_origins=["*"], allow_credentials=True)  # AUD602
    return app
