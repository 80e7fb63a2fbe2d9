import logging

from celery import shared_task
from celery.exceptions import MaxRetriesExceededError

logger = logging.getLogger(__name__)


@shared_task(bind=True, max_retries=3)
def gives_up(self, entry):
    try:
        entry.save()
    except Exception as error:  # AUD312
        if self.request.retries < self.max_retries:
            raise self.retry(exc=error, countdown=2**self.request.retries)
        logger.error("entry lost: %s", error)


@shared_task(bind=True, max_retries=3)
def gives_up_by_class(self, entry):
    try:
        entry.save()
    except Exception as error:
        try:
            self.retry(exc=error)
        except MaxRetriesExceededError:  # AUD312
            logger.exception("entry lost")
            return None


@shared_task(bind=True, max_retries=3)
def raises_at_last(self, entry):
    try:
        entry.save()
    except Exception as error:
        if self.request.retries < self.max_retries:
            raise self.retry(exc=error)
        logger.exception("entry lost")
        raise


@shared_task(bind=True, max_retries=3)
def always_tries(self, entry):
    try:
        entry.save()
    except Exception as error:
        logger.warning("again: %s", error)
        self.retry(exc=error)


@shared_task(bind=True, max_retries=3)
def keeps_state(self, entry):
    try:
        entry.send()
    except Exception as error:
        if self.request.retries < self.max_retries:
            raise self.retry(exc=error)
        entry.status = "failed"
        entry.save()


@shared_task(bind=True, max_retries=3)
def tells_others(self, entry, mail):
    try:
        entry.send()
    except Exception as error:
        try:
            self.retry(exc=error)
        except MaxRetriesExceededError:
            mail.tell(entry)


@shared_task(bind=True, max_retries=3)
def goes_on(self, entry, other):
    try:
        entry.send()
    except Exception as error:
        if self.request.retries < self.max_retries:
            raise self.retry(exc=error)
        logger.error("entry lost: %s", error)
    other.send()


@shared_task
def logs_alone(entry):
    try:
        entry.send()
    except Exception as error:
        logger.error("entry lost: %s", error)
