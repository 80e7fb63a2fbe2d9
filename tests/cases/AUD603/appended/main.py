"""What the include depends on is put together beforehand."""

from fastapi import Depends, FastAPI

from routes import router


def check_token(): ...


def make_app(is_open: bool) -> FastAPI:
    app = FastAPI()
    dependencies = []
    if not is_open:
        dependencies.append(Depends(check_token))
    app.include_router(router, dependencies=dependencies)
    return app
