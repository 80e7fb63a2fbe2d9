from fastapi import FastAPI
from shop import users

app = FastAPI()
app.include_router(users.router)
