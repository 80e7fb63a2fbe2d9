from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from .models import Project, Unmapped, User
from .schemas import CheckedByHand, Internal, ProjectUpdate, UserUpdate


def get_project(session: Session, number: int) -> Project:
    return session.get(Project, number)


def find(session, number):
    if number < 0:
        return session.get(Project, 0)
    return session.get(Project, number)


def find_any(session, number):
    if number < 0:
        return session.get(User, 0)
    return session.get(Project, number)


def annotated(project: Project, body: ProjectUpdate):
    for name, value in body.model_dump(exclude_unset=True).items():  # AUD623
        setattr(project, name, value)


def given(session, number, body: ProjectUpdate):
    project = get_project(session, number)
    sent = body.model_dump(exclude_unset=True)
    sent.pop("archived", None)
    for name, value in sent.items():  # AUD623
        if hasattr(project, name):
            setattr(project, name, value)


def found(session, number, body: ProjectUpdate):
    project = find(session, number)
    for name, value in body.model_dump(exclude_unset=True).items():  # AUD623
        setattr(project, name, value)


def found_of_any(session, number, body: ProjectUpdate):
    project = find_any(session, number)
    for name, value in body.model_dump(exclude_unset=True).items():
        setattr(project, name, value)


def selected(session, number, body: UserUpdate):
    user = session.execute(select(User).where(User.id == number)).scalar_one_or_none()
    for name, value in body.dict(exclude_unset=True, exclude={"project"}).items():  # AUD623
        setattr(user, name, value)


def by_statement(session, number, body: UserUpdate):
    session.execute(update(User).where(User.id == number).values(**body.model_dump(exclude_unset=True)))  # AUD623


def all_left_out(session, number, body: UserUpdate, others):
    user = session.get(User, number)
    for name, value in body.dict(exclude_unset=True, exclude={"project", "email"}).items():
        setattr(user, name, value)
    for name, value in body.dict(exclude_unset=True, exclude=others).items():
        setattr(user, name, value)


def without_none(project: Project, body: ProjectUpdate):
    for name, value in body.model_dump(exclude_unset=True, exclude_none=True).items():
        setattr(project, name, value)


def only_some(project: Project, body: ProjectUpdate):
    for name, value in body.model_dump(exclude_unset=True).items():
        if value is not None:
            setattr(project, name, value)


def changed(project: Project, body: ProjectUpdate):
    for name, value in body.model_dump(exclude_unset=True).items():
        setattr(project, name, value or "")


def looked_at(project: Project, body: ProjectUpdate):
    if "name" in body.model_fields_set and body.name is None:
        raise ValueError("name it")
    for name, value in body.model_dump(exclude_unset=True).items():
        setattr(project, name, value)


def handed_on(project: Project, body: ProjectUpdate, check):
    sent = body.model_dump(exclude_unset=True)
    check(sent)
    for name, value in sent.items():
        setattr(project, name, value)


def refused(project: Project, body: ProjectUpdate):
    sent = body.model_dump(exclude_unset=True)
    for name in sent:
        if sent[name] is None:
            raise ValueError(name)
    for name, value in sent.items():
        setattr(project, name, value)


def everything(project: Project, body: ProjectUpdate):
    for name, value in body.model_dump(exclude_unset=False).items():
        setattr(project, name, value)


def taken(session, project: Project, body: ProjectUpdate):
    try:
        for name, value in body.model_dump(exclude_unset=True).items():
            setattr(project, name, value)
        session.commit()
    except (IntegrityError, ValueError):
        session.rollback()


def unmapped(kept: Unmapped, body: ProjectUpdate):
    for name, value in body.model_dump(exclude_unset=True).items():
        setattr(kept, name, value)


def unknown(kept, body: ProjectUpdate):
    for name, value in body.model_dump(exclude_unset=True).items():
        setattr(kept, name, value)


def of_nobody(project: Project, body: Internal):
    for name, value in body.model_dump(exclude_unset=True).items():
        setattr(project, name, value)


def of_hand(project: Project, body: CheckedByHand):
    for name, value in body.model_dump(exclude_unset=True).items():  # AUD623
        setattr(project, name, value)


def by_alias(project: Project, body: ProjectUpdate):
    for name, value in body.model_dump(exclude_unset=True, by_alias=True).items():
        setattr(project, name, value)


def rebuilt(project: Project, body: ProjectUpdate):
    sent = body.model_dump(exclude_unset=True)
    sent = {name: value for name, value in sent.items() if value is not None}
    for name, value in sent.items():
        setattr(project, name, value)


def told(project: Project, body: ProjectUpdate):
    for name, value in body.model_dump(exclude_unset=True).items():
        print(name, value)
    for pair in body.model_dump(exclude_unset=True).items():
        setattr(project, *pair)
