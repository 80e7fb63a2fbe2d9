from fastapi import FastAPI

from shop.database import Login, connect, create_admin

app = FastAPI()


@app.on_event("startup")
async def start():
    await connect()
    create_admin("tea")
    app.state.login = Login()
