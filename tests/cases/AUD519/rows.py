from celery import shared_task
from django.db import transaction
from django.shortcuts import get_object_or_404

from shop.errors import OrderError
from shop.models import Order

MODES = ("fast", "slow")


@shared_task(autoretry_for=(Exception,), retry_backoff=True)
def export(order, mode):
    with transaction.atomic():
        row = get_object_or_404(Order, pk=order)  # AUD519
    if mode not in MODES:
        raise ValueError(mode)  # AUD519
    other = get_object_or_404(Order, name=mode)
    if other.mode not in MODES:
        raise ValueError(mode)
    return row


@shared_task(autoretry_for=(OrderError, OSError))
def only_own_errors(order, mode):
    if mode not in MODES:
        raise ValueError(mode)
    return get_object_or_404(Order, pk=order)


@shared_task(bind=True, max_retries=3)
def by_hand(self, order, mode):
    try:
        if not mode or mode.lower() not in MODES:
            raise ValueError(f"no {mode}")  # AUD519
        return get_object_or_404(Order, pk=order)  # AUD519
    except ConnectionError as error:
        raise self.retry(exc=error, countdown=5)
    except Exception as error:
        raise self.retry(exc=error)


@shared_task(bind=True)
def told_apart(self, order, mode):
    try:
        if self.request.retries > 2 and mode not in MODES:
            raise ValueError(mode)
        return get_object_or_404(Order, pk=order)
    except OrderError:
        return None
    except Exception as error:
        raise self.retry(exc=error)


@shared_task(bind=True)
def asks_first(self, order, mode):
    try:
        if mode not in MODES:
            raise ValueError(mode)
        return get_object_or_404(Order, pk=order)
    except Exception as error:
        if isinstance(error, ValueError):
            raise
        raise self.retry(exc=error)


@shared_task(bind=True, max_retries=0)
def never(self, mode):
    try:
        if mode not in MODES:
            raise ValueError(mode)
    except Exception as error:
        raise self.retry(exc=error)


def no_task(mode):
    if mode not in MODES:
        raise ValueError(mode)
