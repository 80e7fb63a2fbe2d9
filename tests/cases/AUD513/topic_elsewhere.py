# file: shop/__init__.py

# file: shop/settings.py
from kombu import Queue

CELERY_TASK_DEFAULT_EXCHANGE_TYPE = "fanout"
CELERY_TASK_QUEUES = [
    Queue("mails", durable=True),  # AUD513
    Queue("stock"),
    Queue("rest", routing_key="rest"),
]

# file: shop/other.py
from kombu import Queue

queues = [Queue("mails"), Queue("stock")]
