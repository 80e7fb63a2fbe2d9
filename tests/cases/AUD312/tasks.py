from app.worker import celery_app
from celery import Task, shared_task
from celery.exceptions import MaxRetriesExceededError


@shared_task
def by_state(work):
    try:
        work()
    except Exception:
        return {"status": "failed"}  # AUD312


@celery_app.task(bind=True)
def by_success(self, work):
    try:
        work()
    except ValueError as error:
        return {"success": False, "message": str(error)}  # AUD312


@shared_task
def by_false(work):
    try:
        work()
    except Exception:
        return False  # AUD312


class Import(Task):
    def run(self, work):
        try:
            work()
        except Exception:
            return dict(status="error")  # AUD312


@shared_task(bind=True)
def out_of_retries(self, work):
    try:
        work()
    except Exception as error:
        try:
            raise self.retry(exc=error)
        except MaxRetriesExceededError:
            return {"status": "failed"}  # AUD312


@shared_task
def raises(work):
    try:
        work()
    except Exception:
        raise


@shared_task
def found_nothing(find):
    try:
        return find()
    except LookupError:
        return {"status": "skipped"}


def is_no_task(work):
    try:
        work()
    except Exception:
        return {"status": "failed"}


@shared_task
def fails_by_reply(reply):
    if not reply:
        return {"status": "failed"}
    return {"status": "ok"}


@shared_task
def keeps_its_state(mail, send):
    try:
        send(mail)
    except Exception as error:
        mail.status = "failed"
        mail.error = str(error)
        mail.save()
        return False
    return True
