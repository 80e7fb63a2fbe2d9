from failures import BackendError
from fastapi import APIRouter


class AccountRoutes:
    def __init__(self, account_service):
        self.account_service = account_service
        self.router = APIRouter()
        self._register()

    def _register(self):
        @self.router.post("/accounts/{number}")
        def rename(number: int, name: str):
            return self.account_service.rename_account(number, name)

        @self.router.delete("/accounts/{number}")
        def close(number: int):
            try:
                return self.account_service.close_account(number)
            except BackendError:
                return {"closed": False}
