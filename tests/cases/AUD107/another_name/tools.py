import asyncio


async def apply(spec):
    await asyncio.sleep(0)
    return spec


def create_model(spec, engine=None):
    if engine is not None:
        return asyncio.run(engine.apply(spec))
    return spec


def promote(stage, gates=None):
    passed = gates or []
    for gate in passed:
        asyncio.run(apply(gate))
    return stage
