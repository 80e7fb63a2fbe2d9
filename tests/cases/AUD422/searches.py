from uuid import UUID

from fastapi import APIRouter
from sqlalchemy import func, or_, select

from app.models import Product, State
from app.patterns import escaped

router = APIRouter()


def contains(search: str | None):
    return select(Product).where(Product.name.ilike(f"%{search}%"))  # AUD422


def begins(query):
    return select(Product).where(Product.name.like(query + "%"))  # AUD422


def ends(search_text: "str"):
    return select(Product).where(Product.name.like("%" + search_text.strip()))  # AUD422


def by_format(term: str):
    return select(Product).where(Product.name.like("%{}%".format(term)))  # AUD422


def once_for_each_text(q: str):
    pattern = f"%{q.lower()}%"
    return select(Product).where(
        or_(
            func.lower(Product.name).like(pattern),  # AUD422
            func.lower(Product.title).like(pattern),
        )
    )


def of_filters(filters):
    return select(Product).where(Product.name.ilike(f"%{filters.name}%"))  # AUD422


@router.get("/products")
def products(name: str, session):
    return session.scalars(select(Product).where(Product.name.ilike(f"{name}%"))).all()  # AUD422


# Escaped, in one way or another.


def with_escape(search: str):
    return select(Product).where(Product.name.like(f"%{search}%", escape="/"))


def with_replace(search: str):
    literal = search.replace("%", "\\%")
    return select(Product).where(Product.name.like(f"%{literal}%"))


def with_replace_before(search: str):
    search = search.replace("%", "\\%")
    return select(Product).where(Product.name.like(f"%{search}%"))


def with_helper(search: str):
    return select(Product).where(Product.name.like(f"%{escaped(search)}%"))


def with_contains(search: str):
    return select(Product).where(Product.name.contains(search, autoescape=True))


# No text that somebody typed, or no pattern around it.


def constant():
    return select(Product).where(Product.name.like("%shoe%"))


def own_constant():
    suffix = "shoe"
    return select(Product).where(Product.name.like(f"%{suffix}"))


def of_state(query: State):
    return select(Product).where(Product.name.like(f"%{query}%"))


def of_identifier(search: UUID):
    return select(Product).where(Product.name.like(f"%{search}%"))


def of_key(key_prefix: str):
    return select(Product).where(Product.key.like(f"{key_prefix}%"))


def of_name(name: str):
    """No route: it may be a name that the program made."""
    return select(Product).where(Product.name.like(f"{name}-%"))


def of_words(search: str):
    return [select(Product).where(Product.name.like(f"%{word}%")) for word in search.split()]  # AUD422


def whole_pattern(search: str):
    """The caller gives a pattern."""
    return select(Product).where(Product.name.like(search))


def with_parts(search: str):
    return select(Product).where(Product.name.like(f"%name:{search}%"))


def of_column(search: str):
    return select(Product).where(Product.name.contains(search))  # AUD422


def without_case(term: str | None):
    return select(Product).where(or_(Product.name.icontains(term), Product.title.icontains(term)))  # AUD422


def of_function(query: str):
    return select(Product).where(func.lower(Product.name).startswith(query.lower()))  # AUD422


@router.get("/products/named")
async def named(name: str | None = None):
    statement = select(Product)
    if name is not None:
        statement = statement.where(Product.name.icontains(name))  # AUD422
    return statement


def escaped_by_itself(search: str):
    return select(Product).where(Product.name.contains(search, autoescape=True))


def of_array(tag: str):
    return select(Product).where(Product.tags.contains(tag))


def of_text(search: str):
    return State.OPEN.value.startswith(search)


def of_parent(products, search: Product):
    return select(Product).where(Product.parts.contains(search))


def of_rows(rows, search: str):
    return [row for row in rows if row.name.contains(search)]
