from shop.seen import remember


def main(sessions):
    for session in sessions:
        remember(session.id, session.ended)
