from shop.services import Service


def register(session, email):
    return Service(session).register(email)
