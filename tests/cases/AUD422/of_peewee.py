import peewee

from models import Account


def query(identifier: str):
    return Account.select().where(Account.email.ilike(f"%{identifier}%"))
