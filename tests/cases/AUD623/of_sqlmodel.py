from datetime import datetime

from fastapi import Depends, FastAPI
from sqlmodel import JSON, Column, Field, Relationship, Session, SQLModel, select

app = FastAPI()


class HeroBase(SQLModel):
    name: str = Field(index=True)
    age: int | None = None


class Hero(HeroBase, table=True):
    id: int | None = Field(default=None, primary_key=True)
    secret: str


class HeroUpdate(SQLModel):
    name: str | None = None
    age: int | None = None


class Team(SQLModel, table=True):
    id: int | None = Field(default=None, primary_key=True)
    options: dict = Field(sa_column=Column(JSON))
    kind: "Kind"
    label: str = Field(nullable=True)
    created_at: datetime = Field(default_factory=datetime.now)
    heroes: list[Hero] = Relationship()


class TeamUpdate(SQLModel):
    options: dict | None = None
    kind: str | None = None
    label: str | None = None
    heroes: list | None = None


class TeamMoved(SQLModel):
    created_at: datetime | None = None


def get_session():
    yield Session()


@app.patch("/heroes/{number}")
def change_hero(number: int, body: HeroUpdate, session: Session = Depends(get_session)):
    hero = session.get(Hero, number)
    hero.sqlmodel_update(body.model_dump(exclude_unset=True))  # AUD623
    session.add(hero)
    session.commit()


@app.patch("/teams/{number}")
def change_team(number: int, body: TeamUpdate, session: Session = Depends(get_session)):
    team = session.exec(select(Team).where(Team.id == number)).first()
    sent = body.model_dump(exclude_unset=True)
    team.sqlmodel_update(sent)
    session.commit()


@app.patch("/teams/{number}/time")
def move_team(number: int, body: TeamMoved, session: Session = Depends(get_session)):
    team = session.exec(select(Team).where(Team.id == number)).first()
    sent = body.model_dump(exclude_unset=True)
    team.sqlmodel_update(sent)  # AUD623
    session.commit()


@app.patch("/heroes/{number}/copy")
def copy_hero(number: int, body: Hero, session: Session = Depends(get_session)):
    hero = session.get(Hero, number)
    hero.sqlmodel_update(body.model_dump(exclude_unset=True))
