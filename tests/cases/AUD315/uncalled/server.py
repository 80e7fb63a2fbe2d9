from fastapi import FastAPI

from orders import Orders

app = FastAPI()
orders = Orders(app.state)


@app.get("/orders")
def all_orders():
    return orders.list_open()
