"""Where the jobs are registered."""

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from .config import settings
from .jobs import mail, mirror, report, synchronize, tidy

scheduler = AsyncIOScheduler()


def start():
    scheduler.add_job(synchronize, "interval", minutes=5)  # AUD914
    scheduler.add_job(func=mail, trigger="cron", hour=3)  # AUD914
    scheduler.add_job(mirror, "interval", minutes=5)
    scheduler.add_job(report, "interval", minutes=5)
    scheduler.add_job(tidy, "interval", minutes=5)
    scheduler.start()


def start_what_is_set():
    if settings.sync_url:
        scheduler.add_job(synchronize, "interval", minutes=5)
    if not settings.mail_server:
        return
    scheduler.add_job(mail, "cron", hour=3)


@scheduler.scheduled_job("interval", minutes=1)  # AUD914
def count():
    if not settings.is_reporting:
        return
    scheduler.print_jobs()


@scheduler.scheduled_job("interval", minutes=1)
def always():
    scheduler.print_jobs()
