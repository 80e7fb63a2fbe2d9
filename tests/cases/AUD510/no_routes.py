# file: shop/__init__.py

# file: shop/worker.py
from celery import Celery

app = Celery("shop", broker="redis://")
app.conf.task_serializer = "json"

# file: shop/web.py
from celery import Celery

# Both send to the default queue.
app = Celery("shop", broker="redis://")
