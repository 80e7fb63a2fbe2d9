from fastapi import FastAPI

from app.api import accounts, alpha, beta, jobs, reports, users
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
    app.include_router(alpha.router)
    app.include_router(beta.router)
    app.include_router(alpha.named)
    app.include_router(beta.named)
    return app
