# file: shop/__init__.py

# file: shop/worker.py
from celery import Celery

app = Celery("shop")

# file: shop/tasks.py
from celery import chain, group, shared_task
from celery.result import AsyncResult, allow_join_result

from shop.worker import app

@app.task
def price(order):
    return order

@app.task(bind=True)
def invoice(self, order, options):
    found = price.apply_async((order,))
    found.get(timeout=5)  # AUD515
    found.get(disable_sync_subtasks=False)
    found.forget()
    with allow_join_result():
        found.get()
    price.s(order).delay().get()  # AUD515
    group(price.s(1), price.s(2))().get()  # AUD515
    group(price.s(1)).apply_async().join()  # AUD515
    app.send_task("shop.tasks.price").get()  # AUD515
    AsyncResult("id").get()  # AUD515
    options.get("x")
    price(order)
    price.apply((order,)).get()

    def later():
        return found.get()

    return later

def script(order):
    return price.delay(order).get()

# file: shop/web.py
from celery.result import AsyncResult
from fastapi import FastAPI

from shop.tasks import price

web = FastAPI()

@web.get("/price")
def show(order: int):
    price.delay(order).get(timeout=3)
    return price.delay(order).get()  # AUD515

@web.get("/both")
async def show_both(order: int, store: dict):
    store.get(order)
    return price.delay(order).id

class Queue:
    def delay(self, order):
        return {}

@web.get("/other")
def show_other(order: int, work: Queue):
    return work.delay(order).get(order)

@web.get("/extract")
def extract(task_id: str):
    result = AsyncResult(task_id)
    if result.state != "SUCCESS":
        raise ValueError(task_id)
    return result.get()

@web.get("/report")
def report(task_id: str):
    result = AsyncResult(task_id)
    if result.ready():
        return result.get()
    return None
