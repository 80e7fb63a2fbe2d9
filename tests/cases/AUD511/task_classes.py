# file: shop/__init__.py

# file: shop/worker.py
from celery import Celery, Task

app = Celery("shop")


class BackgroundTask(Task):
    pass


@app.task
def tidy():
    return "tidy"


# file: shop/payments.py
from shop.worker import BackgroundTask


class CleanUp(BackgroundTask):
    name = "shop.CleanUp"

    def run(self):
        return "clean"


# file: shop/schedules.py
from shop.worker import app

app.conf.beat_schedule = {
    "clean-up": {"task": "shop.CleanUp", "schedule": 60},
}
