from shop.store import connect_or_none, get_db, get_session, kept_db, shared_db


def is_left_open_by_a_failure(path, name):
    connection = get_db(path)  # AUD405
    connection.execute("INSERT INTO orders VALUES (?)", (name,))
    connection.commit()
    connection.close()


def leaves_its_session(name, model):
    session = get_session()  # AUD405
    return session.query(model).filter_by(name=name).first()


def may_have_none(url):
    connection = connect_or_none(url)  # AUD405
    if connection is None:
        return None
    cursor = connection.cursor()
    cursor.execute("SELECT count(*) FROM orders")
    found = cursor.fetchone()
    connection.close()
    return found


def closes_it(path):
    connection = get_db(path)
    try:
        return connection.execute("SELECT count(*) FROM orders").fetchone()
    finally:
        connection.close()


def closes_it_under_another_name(path, other):
    if other is None:
        opened = connect_or_none(path)
        if opened is None:
            return None
        connection = opened
    else:
        connection = other
    try:
        return connection.cursor()
    finally:
        connection.close()


def ends_what_it_began(path, name):
    connection = get_db(path)
    try:
        connection.execute("INSERT INTO orders VALUES (?)", (name,))
    finally:
        if connection.in_transaction:
            connection.rollback()
        connection.close()


def shares(path):
    return shared_db(path).execute("SELECT count(*) FROM orders").fetchone()


def is_kept(path):
    connection = kept_db(path)
    return connection.execute("SELECT count(*) FROM orders").fetchone()


def hands_it_on(path):
    return get_db(path)


def closes_it_after_a_loop(model, names):
    session = get_session()
    prepared = [name.strip() for name in names]
    try:
        for name in prepared:
            session.add(model(name=name))
            session.flush()
        session.commit()
    finally:
        session.close()
