# file: src/__init__.py

# file: src/worker/__init__.py

# file: src/worker/application.py
from celery import Celery

app = Celery("worker", include=["worker.tasks"])

# file: src/worker/tasks.py
from celery import shared_task

@shared_task
def pack():
    return None

# file: src/web.py
from celery import Celery

sender = Celery("web")

def finish():
    sender.send_task("worker.tasks.pack")
    sender.send_task("app.worker.tasks.pack")  # AUD511
    sender.send_task("src.worker.tasks.pack")  # AUD511
