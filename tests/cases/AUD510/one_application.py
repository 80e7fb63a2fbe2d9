# file: shop/__init__.py

# file: shop/worker.py
from celery import Celery

app = Celery("shop", broker="redis://")
app.conf.task_routes = {"shop.*": "shop"}

@app.task
def pack(order):
    return order

# file: shop/web.py
from shop.worker import app

def finish(order):
    app.send_task("shop.worker.pack", args=[order])

# file: shop/shared.py
from celery import shared_task

@shared_task
def count():
    return 1

# file: tests/test_shop.py
from celery import Celery

app = Celery("tests", broker="memory://")

def test_pack():
    app.send_task("shop.worker.pack")
