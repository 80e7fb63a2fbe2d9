from failures import BackendError


class AccountService:
    def __init__(self, session):
        self.session = session

    def rename_account(self, number, name):
        try:
            self.session.execute("update accounts set name = ? where id = ?", (name, number))
            self.session.commit()
        except Exception as error:
            raise BackendError(f"not renamed: {error}")  # AUD308

    def close_account(self, number):
        try:
            self.session.execute("delete from accounts where id = ?", (number,))
            self.session.commit()
        except Exception as error:
            raise BackendError(f"not closed: {error}")
