"""A thousand tasks, and a number that is not known."""

import os

from celery import Celery

app = Celery("shop")
app.conf.update(worker_max_tasks_per_child=1000)
other = Celery("other")
other.conf.worker_max_tasks_per_child = int(os.environ["MOST_TASKS"])
