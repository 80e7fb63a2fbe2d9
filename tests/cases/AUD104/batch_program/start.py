import asyncio

from pipeline import summarise


def begin(model, documents):
    async def run():
        for document in documents:
            await summarise(model, document)

    asyncio.run(run())
