import traceback


def list_orders(session):
    try:
        return session.execute("select * from orders").all()
    except Exception as error:
        print(f"no orders: {error}")
        return []  # AUD315


def list_invoices(session):
    try:
        return session.execute("select * from invoices").all()
    except Exception:
        traceback.print_exc()
        return []  # AUD315


def list_customers(session):
    try:
        return session.execute("select * from customers").all()
    except Exception:
        print("no customers yet")
        return []
