# file: shop/__init__.py

# file: shop/tasks.py
from celery import Celery, shared_task

app = Celery("shop", broker="redis://")
NAME = "receipts"

@app.task
def pack(order):
    return order

@shared_task(name="shop.mail")
def send_mail():
    return None

@app.task(name=NAME)
def receipts():
    return None

class Count(app.Task):
    name = "shop.count"

    def run(self):
        return 1

# file: shop/web.py
from celery import current_app, signature

from shop.tasks import app

def finish(order, name):
    app.send_task("shop.tasks.pack", args=[order])
    app.send_task(name)
    app.send_task(f"shop.tasks.{name}")
    app.send_task("shop.mail")
    app.send_task("shop.count")
    app.send_task("receipts")
    app.send_task("shop.tasks.pakc")  # AUD511
    app.send_task("shop.tasks.send_mail")  # AUD511
    app.send_task("shop.task.unpack")  # AUD511
    app.send_task("receipt")  # AUD511
    app.send_task("billing.tasks.invoice")
    app.send_task("invoice")
    app.send_task("celery.backend_cleanup")
    current_app.send_task("shop.tasks.unpack")  # AUD511
    signature("shop.tasks.unpack").delay()  # AUD511
    signature("shop.tasks.pack").delay()
    app.signature("shop.tasks.unpack").delay()  # AUD511

def others(hub, inspect, function):
    hub.send_task("shop.tasks.unpack")
    return inspect.signature("shop.tasks.unpack")

# file: shop/settings.py
CELERY_BEAT_SCHEDULE = {
    "pack": {"task": "shop.tasks.pack", "schedule": 60},
    "unpack": {"task": "shop.tasks.unpack", "schedule": 60},  # AUD511
}

# file: tests/test_tasks.py
from shop.tasks import app

def test_unknown():
    app.send_task("shop.tasks.missing")
