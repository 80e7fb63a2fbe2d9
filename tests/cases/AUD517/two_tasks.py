# file: shop/__init__.py

# file: shop/worker.py
import httpx
from celery import Celery

app = Celery("shop", broker="memory://")

@app.task
def fetch(url):
    return httpx.get(url, timeout=5).text

@app.task
def fetch_two(url):
    return httpx.get(url, timeout=5).text
