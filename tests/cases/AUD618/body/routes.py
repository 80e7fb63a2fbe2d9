from fastapi import FastAPI

from service import Listing, sorted_by_known, sorted_rows

app = FastAPI()


class User:
    query = None


@app.post("/users")
def users(asked: Listing):
    return sorted_rows(User, asked)  # AUD618


@app.post("/known")
def known(asked: Listing):
    return sorted_by_known(User, asked)
