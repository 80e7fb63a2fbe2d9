# file: shop/worker.py
from celery import Celery

app = Celery("shop")
app.conf.task_serialiser = "json"  # AUD514
app.conf.task_serializer = "json"
app.conf["task_default_queues"] = "shop"  # AUD514
app.conf["task_default_queue"] = "shop"
app.conf.update({
    "CELERY_BROKER_URL": "redis://",  # AUD514
    "result_expire": 60,  # AUD514
    "beat_schedule": {},
})
app.conf.update(worker_concurency=4, redis_backend_health_check_interval=5)  # AUD514
app.conf.shop_name = "shop"
app.conf._task_serialiser = "json"
app.conf.task_route = []

def routes():
    return app.conf.task_route

def configure(settings):
    settings.conf.update(task_serialiser="json")
    app.conf.update(**settings.celery)

# file: shop/own.py
from celery import Celery

app = Celery("shop")
app.conf.worker_timers = 3

# file: shop/reader.py
def timers(application):
    return application.conf.worker_timers
