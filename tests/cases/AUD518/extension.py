"""The entries of one extension, which the settings put together."""

from datetime import timedelta


class Extension:
    @staticmethod
    def celery_tasks():
        return {
            "sync-daily-quotas": {  # AUD518
                "task": "analytics.sync_daily_quotas",
                "schedule": timedelta(hours=24),
            },
            "push-points": {"task": "analytics.push_points", "schedule": timedelta(minutes=30)},
        }

    @staticmethod
    def other_jobs():
        return {"daily": {"task": "tidy", "schedule": timedelta(hours=24)}}
