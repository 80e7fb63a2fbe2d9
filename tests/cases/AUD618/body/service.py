from pydantic import BaseModel

COLUMNS = {"name", "created"}


class Listing(BaseModel):
    sort_by: str = "name"
    limit: int = 10


def sorted_rows(model, asked: Listing):
    return model.query.order_by(getattr(model, asked.sort_by))


def sorted_by_known(model, asked: Listing):
    if asked.sort_by not in COLUMNS:
        raise ValueError(asked.sort_by)
    return model.query.order_by(getattr(model, asked.sort_by))
