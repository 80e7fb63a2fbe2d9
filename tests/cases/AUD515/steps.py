"""Canvases whose name first holds their parts."""

from celery import chain, shared_task


@shared_task
def step(number):
    return number


@shared_task
def run_all(numbers):
    steps = []
    for number in numbers:
        steps.append(step.si(number))
    steps = chain(*steps)
    result = steps.apply_async()
    return result.get()  # AUD515


@shared_task
def run_in_pool(pool, numbers):
    work = []
    for number in numbers:
        work.append(number)
    work = pool.of(work)
    result = work.apply_async()
    return result.get()


@shared_task
def run_some(numbers, others):
    steps = others
    if numbers:
        steps = chain(*[step.si(number) for number in numbers])
    result = steps.apply_async()
    return result.get()
