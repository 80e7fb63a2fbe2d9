def charge(session, order):
    session.add(order)
    session.commit()
    try:
        from shop.ai_metrics import get_store

        get_store().record_request(order.number)
    except Exception:
        pass


def keep(session, order):
    try:
        from shop.orders import get_store

        get_store().save_order(order.number)
    except Exception:  # AUD302
        pass


def dialect(session):
    try:
        return session.get_bind().dialect.name
    except Exception:
        return "sqlite"


def first(session):
    try:
        return session.get_one().name
    except Exception:  # AUD302
        return None
