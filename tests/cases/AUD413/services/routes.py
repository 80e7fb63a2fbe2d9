from fastapi import Depends, FastAPI
from sqlalchemy.ext.asyncio import AsyncSession

from .repository import CountryRepository, MessageRepository
from .service import MessageService, list_orders
from .sessions import get_session

app = FastAPI()


@app.get("/messages")
async def messages(service: MessageService = Depends()):
    return await service.get_messages()  # AUD413


@app.get("/shown")
async def shown(service: MessageService = Depends()):
    return await service.list_shown()  # AUD413


@app.get("/numbers")
async def numbers(service: MessageService = Depends()):
    return await service.get_numbers()


@app.get("/newest")
async def newest(service: MessageService = Depends()):
    return await service.list_newest()


@app.get("/rows")
async def rows(repository: MessageRepository = Depends()):
    return await repository.get_all()  # AUD413


@app.get("/countries")
async def countries(repository: CountryRepository = Depends()):
    return await repository.get_all()


@app.get("/orders")
async def orders(session: AsyncSession = Depends(get_session)):
    return await list_orders(session)  # AUD413


@app.get("/pages")
async def pages(limit: int = 20, service: MessageService = Depends()):
    return (await service.get_messages())[:limit]
