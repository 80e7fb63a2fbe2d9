# file: src/worker/__init__.py

# file: src/worker/application.py
from celery import Celery

app = Celery("worker", include=["src.worker.tasks"])

# file: src/worker/tasks.py
from celery import shared_task

@shared_task
def pack():
    return None

# file: src/web/__init__.py

# file: src/web/views.py
from celery import Celery

sender = Celery("web")

def finish():
    sender.send_task("src.worker.tasks.pack")
    sender.send_task("worker.tasks.pack")  # AUD511
