"""Coroutines that are run by themselves, each on a loop that has nothing else to do."""

import asyncio
from pathlib import Path


async def write_comparison(models, output: Path):
    results = [await model.evaluate() for model in models]
    output.write_text(str(results))


async def write_in_parallel(models, output: Path):
    # What is awaited together has ended before the next line.
    results = await asyncio.gather(*(model.evaluate() for model in models))
    output.write_text(str(results))


async def write_beside(models, output: Path):
    beside = [asyncio.create_task(model.evaluate()) for model in models]
    output.write_text("\n".join(model.name for model in models))  # AUD104
    return await asyncio.gather(*beside)


async def write_both(models, output: Path):
    output.write_text(str([await model.evaluate() for model in models]))  # AUD104


def compare(models, output: Path):
    loop = asyncio.get_event_loop()
    loop.run_until_complete(write_comparison(models, output))


async def write_again(models, output: Path):
    output.write_text(str([await model.evaluate() for model in models]))


def run_alone(coroutine):
    with asyncio.Runner() as runner:
        return runner.run(coroutine)


def compare_again(models, output: Path):
    run_alone(write_again(models, output))


def compare_in_parallel(models, output: Path):
    asyncio.run(write_in_parallel(models, output))


def compare_beside(models, output: Path):
    asyncio.run(write_beside(models, output))


def compare_inside(models, output: Path):
    async def write_inside():
        output.write_text("\n".join(model.name for model in models))

    asyncio.run(write_inside())


def compare_task(table, output: Path):
    async def write_task():
        task = table.load_task("comparison")
        output.write_text("\n".join(model.name for model in task.models))

    asyncio.run(write_task())


def compare_both(models, output: Path):
    asyncio.run(write_both(models, output))
