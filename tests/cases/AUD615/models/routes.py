from fastapi import FastAPI
from schemas import Bounded, Checked, Listing, Made, Paging
from service import capped, rows_of, since, sized

app = FastAPI()
session = None


@app.post("/rows")
def rows(asked: Paging):  # AUD615
    return rows_of(session, asked)


@app.post("/recent")
def recent(asked: Listing):  # AUD615
    return since(asked.days)


@app.post("/bounded")
def bounded(asked: Bounded):
    return rows_of(session, asked)


@app.post("/checked")
def checked(asked: Checked):
    return sized(session, asked)


@app.post("/made")
def made(asked: Made):
    return sized(session, asked)


@app.post("/capped")
def cut(asked: Paging):
    return capped(session, asked)


@app.post("/handed")
def handed(asked: Paging):
    check_paging(asked)
    return sized(session, asked)


def check_paging(asked):
    if asked.page_size > 100:
        raise ValueError(asked.page_size)
