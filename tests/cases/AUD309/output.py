import json

from fastapi import FastAPI

app = FastAPI()


@app.exception_handler(Exception)
async def written(request, error):
    print(json.dumps({"error": repr(error)}), flush=True)


@app.get("/orders")
async def orders():
    print("orders")  # AUD309
    return []
