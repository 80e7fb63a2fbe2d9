from sqlalchemy import select

from app.models import Order


def get_order(session, order_id):
    return session.query(Order).filter(Order.id == order_id).first()


async def find_order(session, order_id):
    result = await session.execute(select(Order).where(Order.id == order_id))
    row = result.scalar_one_or_none()
    return row


async def load_order(session, order_id):
    return await find_order(session, order_id)


def read_order(path) -> dict | None:
    if not path.exists():
        return None
    return {"total": path.read_text()}


def get_or_fail(session, order_id):
    row = session.get(Order, order_id)
    if row is None:
        raise LookupError(order_id)
    return row


def get_total(session, order_id):
    return session.query(Order).filter(Order.id == order_id).count()
