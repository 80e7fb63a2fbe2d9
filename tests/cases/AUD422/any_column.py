"""Conditions that are built for whoever names column and text."""

from sqlalchemy import select

from shop.models import Product


def build(column, operator: str, value):
    operators = {
        "eq": lambda: column == value,
        "like": lambda: column.like(f"%{value}%"),  # AUD422
        "ilike": lambda: column.ilike(f"%{value}%", escape="/"),
    }
    return operators[operator]()


def conditions(model, filters: dict):
    found = []
    for name, value in filters.items():
        field = getattr(model, name)
        found.append(field.ilike(f"%{value}%"))  # AUD422
    return found


def of_condition(model, condition):
    field = getattr(model, condition.field)
    return field.ilike(f"{condition.value}%")  # AUD422


def pattern_of_the_caller(column, value):
    return column.like(value)


def of_constants(model, field):
    value = "new"
    return select(Product).where(getattr(Product, field).like(f"%{value}%"))


def one_column(value):
    return select(Product).where(Product.kind.like(f"%{value}%"))


def escaped(column, value):
    value = value.replace("%", r"\%").replace("_", r"\_")
    return column.like(f"%{value}%", escape="\\")
