from sqlmodel import SQLModel


class Row(SQLModel):
    number: int

    class Config:  # AUD620
        validate_assignment = True


class Plain:
    class Config:
        debug = True

    def dict(self):
        return {}
