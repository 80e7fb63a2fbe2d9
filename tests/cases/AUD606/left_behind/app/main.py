from fastapi import FastAPI

from app.api import used

app = FastAPI()
app.include_router(used.router)
