# file: shop/__init__.py

# file: shop/tasks.py
from celery import Celery, shared_task

app = Celery("shop")
app.conf.update(
    task_routes=(
        {
            "shop.tasks.*": {"queue": "shop"},
            "shop.tasks.pack": "packing",
            "shop.tasks.unpack": "packing",  # AUD512
            "shop.*.pack": "packing",
            "*.pack": "packing",
            "shop.mails.*": "mails",  # AUD512
            "billing.tasks.*": "billing",
            "billing.tasks.invoice": "billing",
            "celery.*": "celery",
            "*": "rest",
        },
        ("shop.tusks.*", {"queue": "shop"}),  # AUD512
    ),
)

@shared_task
def pack():
    return None

# file: shop/settings.py
ROUTES = {
    "shop.tasks.*": "shop",
    "shop.stock.*": "stock",  # AUD512
}
CELERY_TASK_ROUTES = ROUTES
