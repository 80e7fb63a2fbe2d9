"""Jobs that open their own session, beside which no other need run."""

from shop.models import Source
from sqlalchemy.orm import Session, sessionmaker

make_session = sessionmaker()


def crawl(number):
    with make_session() as session:
        source = session.get(Source, number)
        source.success_count += 1
        session.commit()


def count(session: Session, number):
    source = session.get(Source, number)
    source.success_count += 1  # AUD416
    session.commit()
