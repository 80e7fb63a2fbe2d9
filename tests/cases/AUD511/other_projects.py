# file: web/__init__.py

# file: web/views.py
from celery import Celery

sender = Celery("web")

def finish():
    sender.send_task("worker.tasks.pack")
    sender.send_task("web.tasks.pack")
