import celery
from django.db import transaction


class TransactionAwareTask(celery.Task):
    def apply_async(self, *args, **kwargs):
        transaction.on_commit(lambda: super().apply_async(*args, **kwargs))


app = celery.Celery("shop", task_cls=TransactionAwareTask)
