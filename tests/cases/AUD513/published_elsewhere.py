# file: shop/__init__.py

# file: shop/application.py
from celery import Celery
from kombu import Queue

app = Celery("shop")
app.conf.task_queues = [Queue("mails"), Queue("stock")]

@app.task
def pack():
    return None

def send():
    pack.apply_async(exchange="other", routing_key="celery")
    pack.apply_async(routing_key="celery")
    pack.apply_async(exchange="celery", routing_key="stock")
