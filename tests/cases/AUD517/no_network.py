# file: shop/__init__.py

# file: shop/worker.py
from celery import Celery, Task

class Limited(Task):
    time_limit = 30

app = Celery("shop", broker="redis://")

@app.task
def count(orders):
    return len(orders)

@app.task(base=Limited)
def fetch(url):
    import httpx

    return httpx.get(url, timeout=5).text

@app.task(time_limit=30)
def load(url):
    import httpx

    return httpx.get(url, timeout=5).text
