from tools import create_model as _create_model
from tools import promote as _promote


async def create(spec):
    return _create_model(spec=spec)


async def create_with(spec, engine):
    return _create_model(spec, engine=engine)  # AUD107


async def promoted(stage):
    return _promote(stage)


async def promoted_through(stage, gates):
    return _promote(stage, gates=gates)  # AUD107
