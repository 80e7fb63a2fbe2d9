# file: shop/__init__.py

# file: shop/worker.py
from celery import Celery

app = Celery("shop", broker="redis://")
app.conf.task_default_queue = "shop"

# file: shop/web.py
from celery import Celery

app = Celery("shop", broker="redis://")

# file: shop/setup.py
import celery

def configure(application):
    application.conf.task_default_queue = "shop"
