# file: shop/__init__.py

# file: shop/application.py
from celery import Celery

app = Celery("shop")
app.conf.task_routes = {"shop.tasks.*": "shop"}

# file: shop/tasks.py
from celery import shared_task

@shared_task
def one():
    return None

@shared_task
def two():
    return None

@shared_task
def three():
    return None

@shared_task
def four():
    return None

@shared_task
def five():
    return None

# file: shop/mails.py
from celery import shared_task

@shared_task
def send():  # AUD512
    return None
