from failures import BackendError, DefaultError, QuietError, RefusedError


def load(session):
    try:
        return session.execute("select * from orders").all()
    except Exception as error:
        raise BackendError(f"orders cannot be read: {error}") from error  # AUD308


def load_more(session):
    try:
        return session.execute("select * from customers").all()
    except Exception as error:
        raise RefusedError(str(error)) from error  # AUD308


def load_by_default(session):
    try:
        return session.execute("select * from payments").all()
    except Exception as error:
        raise DefaultError(f"payments cannot be read: {error}") from error  # AUD308


def load_quietly(session):
    try:
        return session.execute("select * from customers").all()
    except Exception as error:
        raise QuietError(str(error)) from error


def load_and_go_on(session):
    try:
        try:
            return session.execute("select * from customers").all()
        except Exception as error:
            raise BackendError(str(error)) from error
    except BackendError:
        return []


def load_for_nobody(session):
    try:
        return session.execute("select * from customers").all()
    except Exception as error:
        raise BackendError(str(error)) from error


def load_with_care(session):
    try:
        return session.execute("select * from customers").all()
    except Exception as error:
        raise BackendError(str(error)) from error
