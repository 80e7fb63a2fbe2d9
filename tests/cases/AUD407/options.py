from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from app.models import Customer, Order


def chained():
    return select(Customer).options(joinedload(Customer.orders)).options(joinedload(Customer.visits))  # AUD407


def chained_over_lines():
    return (
        select(Customer)
        .options(joinedload(Customer.orders).joinedload(Order.items))
        .where(Customer.id == 1)
        .options(joinedload(Customer.visits))  # AUD407
    )


def one_inside_the_other():
    return select(Customer).options(joinedload(Customer.orders).joinedload(Order.items))


def siblings_below():
    return select(Customer).options(
        joinedload(Customer.city),
        joinedload(Customer.orders).joinedload(Order.items),
        joinedload(Customer.orders).joinedload(Order.payments),  # AUD407
    )


def to_one_beside_it():
    return select(Customer).options(joinedload(Customer.orders), joinedload(Customer.address))


def one_by_a_second_query():
    return select(Customer).options(joinedload(Customer.orders), selectinload(Customer.visits))


def joined_below_a_second_query():
    return select(Customer).options(
        selectinload(Customer.orders).joinedload(Order.items), joinedload(Customer.visits)
    )
