from sqlalchemy.orm import Session, selectinload

from .models import Member, Team


def get_team(session: Session, number: int) -> Team:
    return session.get(Team, number)


def get_whole(session: Session, number: int) -> Team:
    return session.get(Team, number, options=[selectinload(Team.members).selectinload(Member.user)])


def names(session: Session, number: int):
    team = get_team(session, number)
    return [member.user.name for member in team.members]  # AUD408


def teams(session: Session, number: int):
    team = get_team(session, number)
    return [(member.team.id, member.deputy.name) for member in team.members]


def whole(session: Session, number: int):
    team = get_whole(session, number)
    return [member.user.name for member in team.members]


def loaded(session: Session, number: int):
    team = session.get(Team, number, options=[selectinload(Team.members).selectinload(Member.user)])
    return [member.user.name for member in team.members]


def given(team: Team):
    found = []
    for member in team.members:
        found.append(member.user.name)  # AUD408
    return found


async def awaited(team: Team):
    return [member.user.name for member in team.members]


def unknown(team):
    return [member.user.name for member in team.members]


def others(team: Team):
    return [note.user.name for note in team.notes], [part.user for part in team.owner]
