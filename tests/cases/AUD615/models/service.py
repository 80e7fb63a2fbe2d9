from datetime import datetime, timedelta


def rows_of(session, asked):
    start = (asked.page - 1) * asked.page_size
    return session.query(1).offset(start).limit(asked.page_size).all()


def sized(session, asked):
    return session.query(1).limit(asked.page_size).all()


def capped(session, asked):
    asked.page_size = min(asked.page_size, 100)
    return session.query(1).limit(asked.page_size).all()


def since(days):
    return datetime.now() - timedelta(days=days)
