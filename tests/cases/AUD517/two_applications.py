# file: shop/__init__.py

# file: shop/worker.py
import httpx
from celery import Celery

app = Celery("shop", broker="memory://")  # AUD517

@app.task
def fetch(url):
    return httpx.get(url, timeout=5).text

@app.task
def announce(url):
    httpx.post(url, json={"news": True}, timeout=5)

@app.task
def withdraw(url):
    httpx.delete(url, timeout=5)

# file: shop/scheduler.py
from celery import Celery

# Has no task that uses the network.
other = Celery("scheduler", broker="memory://")

@other.task
def tidy():
    return "tidy"
