# file: shop/__init__.py

# file: shop/tasks.py
from celery import Celery, shared_task

app = Celery("shop")
app.conf.task_routes = {"shop.mails.*": "mails"}

@shared_task(name=f"{app.main}.pack")
def pack():
    return None
