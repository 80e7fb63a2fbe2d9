from shop.models import Order


def found(session, names):
    return [session.query(Order).filter_by(name=name).first() for name in names]  # AUD408


def of_an_index(index, names):
    return [index.query(Order).filter_by(name=name).first() for name in names]
