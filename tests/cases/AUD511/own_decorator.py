# file: shop/__init__.py

# file: shop/application.py
from celery import Celery

app = Celery("shop")

def periodic(function):
    return app.task(function)

# file: shop/tasks.py
from shop.application import app, periodic

@app.task
def pack():
    return None

@periodic
def tidy():
    return None

count = app.task(lambda: 1)

# file: shop/web.py
from shop.application import app

def finish():
    app.send_task("shop.tasks.tidy")
    app.send_task("shop.tasks.count")
