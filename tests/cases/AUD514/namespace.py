# file: shop/worker.py
from celery import Celery

app = Celery("shop")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.conf.update(CELERY_TASK_TIME_LIMIT=60, task_serializer="json")
