"""Settings in variables, as Django has them."""

from celery.schedules import crontab

CELERY_WORKER_MAX_TASKS_PER_CHILD = 5000  # AUD909
CELERY_BEAT_SCHEDULE = {"nightly": {"task": "shop.tasks.clean", "schedule": crontab(hour=3)}}
