from sqlalchemy.ext.asyncio import AsyncSession

from .repository import MessageRepository, OrderRepository


class MessageService:
    def __init__(self, repository: MessageRepository) -> None:
        self.repository = repository

    async def get_messages(self):
        return await self.repository.get_all()

    async def list_shown(self):
        return [message.id for message in await self.repository.get_all()]

    async def get_numbers(self):
        rows = await self.repository.get_all()
        return len(rows)

    async def list_newest(self):
        return await self.repository.list_newest()


async def list_orders(session: AsyncSession):
    orders = OrderRepository(session)
    return await orders.get_all()
