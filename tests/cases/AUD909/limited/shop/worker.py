"""The application; the module of settings limits the memory."""

from celery import Celery

app = Celery("shop", include=["shop.tasks"])
app.conf.worker_max_memory_per_child = 2_000_000
