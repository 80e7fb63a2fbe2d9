# file: plain.py
from celery import Celery

app = Celery("shop", broker="redis://")
app.conf.update(CELERY_TASK_SERIALIZER="json", CELERYD_CONCURRENCY=4, CELERYBEAT_SCHEDULE={})
app.conf.update(CELERY_TASK_SERIALISER="json")  # AUD514

# file: mixed.py
from celery import Celery

app = Celery("shop", broker="redis://")
app.conf.update(task_serializer="json")
app.conf.CELERYD_CONCURRENCY = 4  # AUD514

# file: both.py
from celery import Celery

# Each is given under both names, for Celery 3 and later ones.
app = Celery("shop", broker="redis://")
app.conf.update(worker_concurrency=4, CELERYD_CONCURRENCY=4)
