# file: shop/__init__.py

# file: shop/worker.py
from celery import Celery

app = Celery("shop")
app.config_from_object("django.conf:settings", namespace="CELERY")

# file: shop/web.py
from celery import Celery, app
from celery.result import AsyncResult

def cancel(task):
    asked = Celery()  # AUD510
    control = app.control.Control(app=asked)
    control.revoke(task, terminate=True)

def status(task):
    asked = Celery("shop")  # AUD510
    return AsyncResult(task, app=asked).status

def workers():
    asked = Celery("shop", broker="redis://")
    return asked.control.inspect().stats()

def handed_on(configure):
    asked = Celery("shop")
    configure(asked)
    return asked.control.inspect().stats()
