# file: src/__init__.py

# file: src/shop/__init__.py

# file: src/shop/tasks.py
from celery import Celery, shared_task

app = Celery("shop")
# The worker may well know the module as `shop.tasks`.
app.conf.task_routes = {"shop.tasks.*": "shop", "shop.tasks.pack": "packing", "src.shop.*": "shop"}

@shared_task
def pack():
    return None
