# file: shop/__init__.py

# file: shop/database.py
from sqlalchemy import create_engine
from sqlalchemy.orm import scoped_session, sessionmaker

engine = create_engine("sqlite:///shop.db")
make_session = sessionmaker(bind=engine)
session = make_session()  # AUD412
own = scoped_session(make_session)
unused = make_session()

# file: shop/web.py
from flask import Flask

from shop.database import own, session

app = Flask(__name__)


@app.route("/orders")
def orders():
    return str(session.query("orders").all() + own.query("orders").all())

# file: shop/api.py
import threading

from fastapi import FastAPI
from sqlalchemy.orm import Session, sessionmaker

make_session = sessionmaker()
db = make_session()  # AUD412
guarded = make_session()
lock = threading.Lock()
api = FastAPI()


@api.get("/orders")
def orders():
    db.commit()
    with lock:
        guarded.commit()


def each():
    session = make_session()
    session.commit()
