from fastapi import FastAPI
from sqlalchemy import select
from sqlalchemy.orm import Session

from shop.models import Order, OrderStatus, PluginRegistry

app = FastAPI()


@app.get("/plugins")
def plugins(session: Session):
    return session.scalars(select(PluginRegistry)).all()


@app.get("/states")
def states(session: Session):
    return session.scalars(select(OrderStatus)).all()


@app.get("/orders")
def orders(session: Session):
    return session.scalars(select(Order)).all()  # AUD413
