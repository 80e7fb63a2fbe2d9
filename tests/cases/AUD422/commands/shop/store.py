from sqlalchemy import select
from sqlalchemy.orm import Session

from shop.models import Product


def find(session: Session, search: str):
    return session.scalars(select(Product).where(Product.name.like(f"%{search}%"))).all()


def find_for_page(session: Session, search: str):
    return session.scalars(select(Product).where(Product.name.like(f"%{search}%"))).all()  # AUD422
