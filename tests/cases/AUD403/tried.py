"""A second commit of which it is known that it may fail."""

from sqlalchemy.orm import Session


def give_back(session: Session, nodes, free):
    try:
        for node in nodes:
            node.state = free(node)
        session.commit()
    except Exception as failure:
        try:
            session.commit()
        except Exception:
            pass
        raise LookupError from failure


def give_back_once_more(session: Session, nodes, free):
    try:
        for node in nodes:
            node.state = free(node)
        session.commit()
    except Exception as failure:
        session.commit()  # AUD403
        raise LookupError from failure


def emits(session: Session, entry):
    savepoint = session.begin_nested()
    try:
        session.add(entry)
        session.flush()
    except Exception:
        savepoint.rollback()
        entry.state = "known"
        session.flush()
