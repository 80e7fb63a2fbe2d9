from shop.models import Order


def found(session, names):
    return [session.query(Order).filter_by(name=name).first() for name in names]  # AUD408


def of_an_index(index, names):
    return [index.query(Order).filter_by(name=name).first() for name in names]


def typed_in(session, text):
    names = [name.strip() for name in text.split(",")]
    return [session.query(Order).filter_by(name=name).first() for name in names]


def of_lines(session, text):
    return [session.query(Order).filter_by(name=name).first() for name in text.split("\n")]  # AUD408


def first_only(session, names):
    found = None
    for index, name in enumerate(names):
        if index == 0:
            found = session.query(Order).filter_by(name=name).first()
    return found


def not_first(session, names):
    found = None
    for index, name in enumerate(names):
        if index > 0:
            found = session.query(Order).filter_by(name=name).first()  # AUD408
    return found


def nearest(session, vectors):
    return [
        session.query(Order).filter_by(sold=True).order_by(Order.vector.cosine_distance(vector)).first()
        for vector in vectors
    ]
