# file: shop/__init__.py

# file: shop/worker.py
from celery import Celery

app = Celery("shop", broker="redis://")
app.config_from_object("shop.settings")

# file: shop/settings.py
task_routes = {"shop.*": "shop"}

# file: shop/other.py
from celery import Celery

# Settings of its own: a second service on purpose.
app = Celery("other", broker="redis://")
app.conf.task_default_queue = "other"

# file: shop/configured_elsewhere.py
from celery import Celery

queue = Celery("later", broker="redis://")

# file: shop/setup.py
from shop.configured_elsewhere import queue

def set_up(settings):
    queue.conf.update(settings)

# file: shop/by_arguments.py
from celery import Celery

app = Celery("given", broker="redis://", config_source="shop.settings")
options = {}
other = Celery("given", **options)
