"""The application, which keeps its store on its state."""

from fastapi import FastAPI

from .stores import Other, Store


def create(path):
    application = FastAPI()
    application.state.store = Store(path)
    application.state.either = Store(path)
    return application


def create_for_demonstration():
    application = FastAPI()
    application.state.either = Other()
    return application
