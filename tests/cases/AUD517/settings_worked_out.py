# file: shop/__init__.py

# file: shop/worker.py
import httpx
from celery import Celery

def make(settings):
    made = Celery("shop", broker="redis://")
    made.conf.update(settings)
    return made

app = Celery("shop", broker="redis://")

@app.task
def fetch(url):
    return httpx.get(url, timeout=5).text

@app.task
def fetch_two(url):
    return httpx.get(url, timeout=5).text

@app.task
def fetch_three(url):
    return httpx.get(url, timeout=5).text
