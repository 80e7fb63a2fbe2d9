from fastapi import APIRouter, Depends

from .models import Project
from .schemas import (
    Checked,
    CheckedAsWhole,
    CheckedByHand,
    CheckedByType,
    Dumped,
    Odd,
    ProjectUpdate,
    Renamed,
    Retitled,
    UserUpdate,
)
from .service import annotated, by_statement, get_project, of_hand

router = APIRouter()


@router.patch("/projects")
def change_project(body: ProjectUpdate, project=Depends(get_project)):
    annotated(project, body)


@router.patch("/projects/by-hand")
def change_by_hand(body: CheckedByHand, project=Depends(get_project)):
    of_hand(project, body)


@router.patch("/users")
def change_user(body: UserUpdate, session=None):
    by_statement(session, 1, body)


@router.patch("/projects/retitled")
def change_retitled(body: Retitled, number: int, session=None):
    project = session.get(Project, number)
    for name, value in body.model_dump(exclude_unset=True).items():  # AUD623
        setattr(project, name, value)


@router.patch("/projects/renamed")
def change_renamed(body: Renamed, number: int, session=None):
    project = session.get(Project, number)
    for name, value in body.model_dump(exclude_unset=True).items():
        setattr(project, name, value)


@router.patch("/projects/checked")
def change_checked(body: Checked, number: int, session=None):
    project = session.get(Project, number)
    for name, value in body.model_dump(exclude_unset=True).items():
        setattr(project, name, value)


@router.patch("/projects/checkedaswhole")
def change_checkedaswhole(body: CheckedAsWhole, number: int, session=None):
    project = session.get(Project, number)
    for name, value in body.model_dump(exclude_unset=True).items():
        setattr(project, name, value)


@router.patch("/projects/checkedbytype")
def change_checkedbytype(body: CheckedByType, number: int, session=None):
    project = session.get(Project, number)
    for name, value in body.model_dump(exclude_unset=True).items():
        setattr(project, name, value)


@router.patch("/projects/dumped")
def change_dumped(body: Dumped, number: int, session=None):
    project = session.get(Project, number)
    for name, value in body.model_dump(exclude_unset=True).items():
        setattr(project, name, value)


@router.patch("/projects/odd")
def change_odd(body: Odd, number: int, session=None):
    project = session.get(Project, number)
    for name, value in body.model_dump(exclude_unset=True).items():
        setattr(project, name, value)
