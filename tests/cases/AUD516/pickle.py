# file: shop/__init__.py

# file: shop/worker.py
from celery import Celery

app = Celery("shop")
app.conf.task_serializer = "pickle"

# file: shop/tasks.py
from starlette.requests import Request

from shop.worker import app

@app.task
def pack(request):
    return request

def send(request: Request):
    pack.delay(request)
