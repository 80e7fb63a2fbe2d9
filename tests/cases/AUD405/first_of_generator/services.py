from sqlalchemy.orm import Session


class BaseService:
    def __init__(self, session: Session) -> None:
        self.session = session


class UserService(BaseService):
    def register(self, name):
        self.session.add(name)
        self.session.commit()


class ReportService:
    """Closes what it is given."""

    def __init__(self, session: Session) -> None:
        self.session = session

    def finish(self):
        self.session.close()

