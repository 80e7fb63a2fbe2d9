from fastapi import FastAPI

from app.api import accounts, jobs, reports, users
from app.settings import settings


def create_app():
    app = FastAPI()
    app.include_router(users.router, prefix="/users")
    app.include_router(accounts.router, prefix="/users")
    app.include_router(jobs.early, prefix=settings.PREFIX)
    app.include_router(jobs.late, prefix=settings.PREFIX)
    app.include_router(reports.fixed)
    if settings.DEBUG:
        app.include_router(reports.everything)
    app.include_router(reports.named)
    return app
