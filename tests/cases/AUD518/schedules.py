# file: shop/worker.py
from datetime import timedelta

from celery import Celery
from celery.schedules import crontab

DAY = 86400
app = Celery("shop")
app.conf.beat_schedule = {
    "daily": {"task": "shop.a", "schedule": crontab(hour=1)},
    "daily report": {"task": "shop.a", "schedule": timedelta(days=1)},  # AUD518
    "WEEKLY_MAIL": {"task": "shop.a", "schedule": timedelta(weeks=1)},  # AUD518
    "tidy": {"task": "shop.tidy_nightly", "schedule": DAY},  # AUD518
    "sweep": {  # AUD518
        "task": "shop.sweep",
        "schedule": 24 * 60 * 60.0,  # once a day
    },
    # Every night, when nobody works.
    "night": {  # AUD518
        "task": "shop.night",
        "schedule": timedelta(hours=24),
    },
    "plain": {"task": "shop.plain", "schedule": timedelta(days=1)},
    "daily-figures": {"task": "shop.figures", "schedule": 3600},
    "dailyish": {"task": "shop.figures", "schedule": DAY},
    "daily-chosen": {"task": "shop.figures", "schedule": app.chosen},
    "nightly-often": {"task": "shop.figures", "schedule": timedelta(minutes=5)},
}

# file: shop/settings.py
from datetime import timedelta

CELERY_BEAT_SCHEDULE = {
    "weekly": {"task": "shop.a", "schedule": timedelta(days=7)},  # AUD518
}
SCHEDULE = {
    "weekly": {"task": "shop.a", "schedule": timedelta(days=7)},
}
