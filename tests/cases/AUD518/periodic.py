from datetime import timedelta

from celery import Celery
from celery.schedules import crontab

app = Celery("shop", broker="memory://")


@app.task(name="shop.tidy")
def tidy(): ...


@app.task(name="shop.report")
def daily_report(): ...


@app.on_after_configure.connect
def plan(sender, **arguments):
    sender.add_periodic_task(86400, tidy.s(), name="nightly-tidy")  # AUD518
    sender.add_periodic_task(timedelta(days=1), daily_report.s())  # AUD518
    sender.add_periodic_task(60 * 60, tidy.s(), name="daily-tidy")
    sender.add_periodic_task(crontab(hour=3), tidy.s(), name="nightly")
    sender.add_periodic_task(86400, tidy.s(), name="tidy")


def entries():
    return {
        "sync-daily-quotas": {"task": "shop.tidy", "schedule": timedelta(days=1)},  # AUD518
        "tidy": {"task": "shop.tidy", "schedule": timedelta(days=1)},
    }
