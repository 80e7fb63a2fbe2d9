# file: src/__init__.py

# file: src/worker/__init__.py

# file: src/worker/application.py
from celery import Celery

app = Celery("worker", include=["worker.tasks"])

@app.task
def count():
    return 1

# file: src/worker/tasks.py
from celery import shared_task

@shared_task
def pack():
    return None

# file: src/worker/start.py
import src.worker.tasks

# file: src/web.py
from celery import Celery

sender = Celery("web")

def finish():
    sender.send_task("worker.tasks.pack")
    # The module is imported by its other name too.
    sender.send_task("src.worker.tasks.pack")
    # What an application's own module is called is said on the command line.
    sender.send_task("worker.application.count")
    sender.send_task("src.worker.application.count")
