from fastapi import FastAPI, Response
from sqlalchemy.orm import Session

from models import Checked, Report, Settings

app = FastAPI()


def one_report(session: Session, number: int) -> Report:
    return session.get_one(Report, number)


@app.get("/reports/{number}")
def report(session: Session, number: int):
    row = session.get(Report, number)
    name = row.title.replace(" ", "_") + ".csv"
    return Response("", headers={"Content-Disposition": f'attachment; filename="{name}"'})  # AUD624


@app.get("/named/{number}")
def named(session: Session, number: int):
    row = one_report(session, number)
    headers = {"Content-Disposition": f'attachment; filename="{row.name or row.id}"', "X-Label": f"{row.label}"}
    return Response("", headers=headers)  # AUD624


@app.get("/slugs/{number}")
def slugs(session: Session, number: int):
    row = one_report(session, number)
    return Response("", headers={"Content-Disposition": f'attachment; filename="{row.slug}-{row.label}.csv"'})


@app.get("/checked/{number}")
def checked(session: Session, number: int):
    row = session.get(Checked, number)
    return Response("", headers={"Content-Disposition": f'attachment; filename="{row.title}.csv"'})


@app.get("/settings")
def settings(chosen: Settings):
    return Response("", headers={"X-Title": chosen.title})
