"""Sessions that are known by what they are used for: the module imports the models, not SQLAlchemy."""

from typing import Union

from shop.database import Message


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
