import httpx
from celery import Celery, shared_task
from fastapi import FastAPI, Request
from sqlalchemy.orm import DeclarativeBase, Session

app = Celery("shop")
web = FastAPI()

class Base(DeclarativeBase):
    pass

class Order(Base):
    id = None

    def finish(self):
        pack.delay(self)  # AUD516
        pack.delay(self.id)

class Note:
    pass

@app.task
def pack(order, extra=None):
    return order

@shared_task(serializer="pickle")
def keep(order):
    return order

@web.post("/orders")
def add(request: Request, session: Session, number: int):
    pack.delay(request)  # AUD516
    pack.delay(number, extra=session)  # AUD516
    pack.apply_async((session,))  # AUD516
    pack.apply_async(args=[number], kwargs={"extra": request})  # AUD516
    pack.apply_async(args=[Order()], serializer="pickle")
    pack.delay(request.url.path, extra=number)
    app.send_task("shop.pack", args=[request])  # AUD516
    keep.delay(Order())
    order = session.get(Order, number)
    pack.delay(order.id)
    with open("orders") as file, httpx.Client() as client:
        pack.delay(file)  # AUD516
        pack.delay(client)  # AUD516
        pack.delay(file.name)

def others(job, request: Request):
    job.delay(request)
    pack.delay(Note())
    pack.delay(*[request])
