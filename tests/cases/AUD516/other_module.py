# file: shop/__init__.py

# file: shop/worker.py
from celery import Celery

app = Celery("shop")

# file: shop/tasks.py
from shop.worker import app

@app.task
def pack(request):
    return request

def plain(request):
    return request

# file: shop/web.py
from starlette.requests import Request

from shop import tasks
from shop.tasks import pack

def send(request: Request):
    pack.delay(request)  # AUD516
    tasks.pack.delay(request.url.path)
    tasks.pack.delay(request)  # AUD516
    tasks.plain.delay(request)
