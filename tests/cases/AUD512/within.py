# file: shop/__init__.py

# file: shop/mails.py
def text_of(order):
    return str(order)

# file: shop/tasks.py
from celery import Celery

app = Celery("shop")
app.conf.task_routes = {
    "mails.*": {"queue": "mails"},  # AUD512
    "tasks.*": {"queue": "tasks"},
    "billing.*": {"queue": "billing"},
}

@app.task
def pack():
    return None
