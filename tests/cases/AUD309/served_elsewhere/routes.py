from fastapi import FastAPI

from prices import price_of
from reports import total
from services import find, start_store
from dialogue import agreed
from terminal import clean
from stock import Stock, send
from stock import price_of as price_in_stock

app = FastAPI()


@app.get("/orders/{number}")
def order(number: str):
    start_store()
    return find(number)


@app.get("/totals")
def totals():
    return total([1, 2])


@app.get("/prices/{number}")
def price(number: str):
    return price_of(number)


@app.post("/sales")
def sell(number: str):
    stock = Stock()
    stock.start()
    if agreed(number):
        stock.sell(number)
    send(number)
    clean(number)
    return price_in_stock(number)
