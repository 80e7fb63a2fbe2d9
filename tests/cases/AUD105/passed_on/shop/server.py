from fastapi import FastAPI

from shop.integrations import edit_shared

app = FastAPI()


@app.post("/edit")
async def edit(path: str):
    await edit_shared(path)
