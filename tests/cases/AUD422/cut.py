from sqlalchemy import or_, select

from models import Product


def find(session, query: str, exact: bool):
    text = query.strip()[:200]
    if exact:
        pattern = f"%{text}%"
        found = session.scalars(select(Product).where(Product.name.ilike(pattern)))  # AUD422
    else:
        pattern = f"%{text}%"
        found = session.scalars(select(Product).where(Product.title.ilike(pattern)))
    return found


def find_two(session, query: str, exact: bool):
    if exact:
        pattern = query
    else:
        pattern = f"%{query}%"
    return session.scalars(select(Product).where(Product.name.ilike(pattern)))


def find_percent(session, term: str):
    return session.scalars(select(Product).where(Product.name.like("%%%s%%" % term)))  # AUD422


def find_two_percent(session, term: str, other: str):
    return session.scalars(select(Product).where(Product.name.like("%s-%s" % (term, other))))


def find_words(session, query: str):
    words = [word.strip() for word in query.split() if word]
    asked = []
    for word in words:
        asked.append(Product.name.ilike(f"%{word}%"))  # AUD422
    return session.scalars(select(Product).where(or_(*asked)))


def find_kinds(session, kinds: list[str]):
    asked = [Product.kind.ilike(f"%{kind}%") for kind in kinds]
    return session.scalars(select(Product).where(or_(*asked)))


def find_escaped(session, query: str):
    words = [word.replace("%", "") for word in query.split()]
    asked = [Product.name.ilike(f"%{word}%") for word in words]
    return session.scalars(select(Product).where(or_(*asked)))
