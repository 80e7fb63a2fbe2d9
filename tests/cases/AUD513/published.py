# file: shop/__init__.py

# file: shop/application.py
from celery import Celery
from kombu import Queue

app = Celery("shop")
app.conf.task_default_exchange = "shop"
app.conf.task_default_routing_key = "shop"
app.conf.task_queues = [
    Queue("mails"),  # AUD513
    Queue("stock"),
]

@app.task
def pack():
    return None

def send():
    pack.apply_async(exchange="shop", routing_key="shop")
