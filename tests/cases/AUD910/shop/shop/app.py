"""The application."""

from fastapi import FastAPI

from shop.services import OrderService

app = FastAPI()
service = OrderService()


@app.post("/orders")
def place(order: str):
    return service.place(order), getattr(service, "by_name")(order)
