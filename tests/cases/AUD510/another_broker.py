# file: shop/__init__.py

# file: shop/worker.py
from celery import Celery

app = Celery("shop", broker="redis://one")
app.conf.task_default_queue = "shop"

# file: shop/remote.py
from celery import Celery

app = Celery("shop", broker="redis://two")

# file: billing/__init__.py

# file: billing/worker.py
from celery import Celery

# A package of its own.
app = Celery("billing", broker="redis://one")
