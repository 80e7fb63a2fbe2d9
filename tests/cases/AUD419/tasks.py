import asyncio

from django.db import transaction
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Session, sessionmaker

from app.models import Order
from app.tasks import celery_app, send_receipt

SessionLocal = sessionmaker()


def by_a_name(session: Session, order):
    session.add(order)
    session.flush()
    order_id = order.id
    send_receipt.apply_async(args=[order_id])  # AUD419
    session.commit()


def in_a_block(order):
    with SessionLocal.begin() as session:
        session.add(order)
        session.flush()
        celery_app.send_task("receipts.send", kwargs={"order": str(order.id)})  # AUD419


async def on_the_loop(session: AsyncSession, order, work):
    session.add(order)
    await session.flush()
    task = asyncio.create_task(work(order.id))  # AUD419
    await session.commit()
    return task


def in_django(items):
    with transaction.atomic():
        order = Order.objects.create(items=items)
        send_receipt.delay(order.id)  # AUD419


def after_the_commit(session: Session, order):
    session.add(order)
    session.commit()
    send_receipt.delay(order.id)
    session.commit()


def on_commit_in_django(items):
    with transaction.atomic():
        order = Order.objects.create(items=items)
        transaction.on_commit(lambda: send_receipt.delay(order.id))


def after_the_block_in_django(items):
    with transaction.atomic():
        order = Order.objects.create(items=items)
    send_receipt.delay(order.id)


def of_a_row_that_was_there(session: Session, order, note):
    session.add(note)
    send_receipt.delay(order.id)
    session.commit()


def commit_is_the_callers(session: Session, order):
    session.add(order)
    session.flush()
    send_receipt.delay(order.id)


def before_a_commit_that_does_not_wait(session: Session, order, work):
    session.add(order)
    session.flush()
    task = asyncio.ensure_future(work(order.id))
    session.commit()
    return task


@transaction.atomic
def in_a_decorated_function(instance, variants):
    instance.save()
    for variant in variants:
        variant.save()
    send_receipt.delay(instance.pk)  # AUD419


def saved_in_a_block(items):
    with transaction.atomic():
        order, made = Order.objects.get_or_create(items=items)
        if made:
            send_receipt.apply_async(kwargs={"order": order.pk})  # AUD419


def saved_before_the_block(order, items):
    order.save()
    with transaction.atomic():
        items.save()
        send_receipt.delay(order.pk)


def saved_on_another_way(order, is_new):
    with transaction.atomic():
        if is_new:
            order.save()
        else:
            send_receipt.delay(order.pk)


def begun_later(items):
    with transaction.atomic():
        order = Order.objects.create(items=items)
        send_receipt.apply_async(args=[order.pk], countdown=60)


@transaction.atomic
def not_decorated_for_what_is_inside(order):
    order.save()

    def send():
        send_receipt.delay(order.pk)

    transaction.on_commit(send)
