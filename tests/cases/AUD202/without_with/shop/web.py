from fastapi import FastAPI

from shop.limits import count, count_of, look

app = FastAPI()


@app.get("/orders")
def orders(tenant: str):
    return {"count": count("orders"), "of": count_of(tenant, "orders"), "last": look("orders")}
