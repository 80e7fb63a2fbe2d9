"""Sessions that are known by what they are used for: the module imports the models, not SQLAlchemy."""

from typing import Union

from shop.database import IntegrityError, Message, NoResultFound


def add_message(session, text):
    message = session.query(Message).filter_by(text=text).first()
    if message is None:
        message = Message(text=text)
        session.add(message)  # AUD417
        session.flush()
    return message.id


def annotated(session, text):
    found: Union[Message, None] = session.query(Message).filter_by(text=text).first()
    if found is not None:
        return found.id
    else:
        found = Message(text=text)
        session.add(found)  # AUD417
        session.commit()
        return found.id


def missed(session, text):
    try:
        found = session.query(Message).filter(Message.text == text).one()
    except NoResultFound:
        found = Message(text=text)
        session.add(found)  # AUD417
        session.flush()
    return found.id


def missed_and_caught(session, text):
    try:
        return session.query(Message).filter(Message.text == text).one().id
    except NoResultFound:
        try:
            session.add(Message(text=text))
            session.commit()
        except IntegrityError:
            session.rollback()


def missed_another(session, text, number):
    try:
        found = session.query(Message).filter(Message.number == number).one()
    except NoResultFound:
        found = Message(text=text)
        session.add(found)
        session.flush()
    return found.id
