# file: shop/__init__.py

# file: shop/worker.py
from celery import Celery

app = Celery("shop", broker="redis://")  # AUD517
app.conf.update({"task_serializer": "json"})

# file: shop/client.py
import requests

class Catalogue:
    def latest(self):
        return requests.get("https://shop.test/latest", timeout=5).json()

# file: shop/tasks.py
from shop.client import Catalogue
from shop.worker import app

@app.task
def refresh():
    return Catalogue().latest()

@app.task
def refresh_prices():
    return Catalogue().latest()

@app.task(bind=True)
def refresh_stock(self):
    return Catalogue().latest()

@app.task(soft_time_limit=30)
def refresh_soon():
    return Catalogue().latest()
