from models import Account


class Accounts:
    def __init__(self, sessions):
        self.sessions = sessions

    def query(self, identifier: str):
        with self.sessions() as session:
            return session.query(Account).filter(Account.email.ilike(f"%{identifier.strip()}%")).all()  # AUD422
