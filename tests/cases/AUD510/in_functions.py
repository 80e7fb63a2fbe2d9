# file: shop/__init__.py

# file: shop/worker.py
from celery import Celery

app = Celery("shop", broker="redis://")
app.conf.task_queues = []

# file: shop/web.py
from celery import Celery

def finish(order):
    sender = Celery("shop", broker="redis://")  # AUD510
    sender.send_task("shop.worker.pack", args=[order])

def make_application(name):
    made = Celery(name)
    return made

def workers():
    asked = Celery("shop", broker="redis://")
    return asked.control.inspect().stats()
