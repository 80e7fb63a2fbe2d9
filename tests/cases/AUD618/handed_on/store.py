class User:
    name = "name"


def users(order_by, limit):
    return [getattr(User, order_by)][:limit]


def checked_users(order_by):
    if order_by not in ("name", "email"):
        raise ValueError(order_by)
    return [getattr(User, order_by)]


def update(number, changes):
    user = User()
    for key, value in changes.items():
        setattr(user, key, value)
    return user


def rename(number, changes):
    user = User()
    user.name = changes["name"]
    return user
