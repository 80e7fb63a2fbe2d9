import orders
from failures import ApiError, BackendError, DefaultError, QuietError, StatusError, api_error, backend_error, quiet_error
from fastapi import FastAPI

app = FastAPI()
app.add_exception_handler(ApiError, api_error)
app.add_exception_handler(BackendError, backend_error)
app.add_exception_handler(DefaultError, backend_error)
app.add_exception_handler(StatusError, backend_error)
app.add_exception_handler(QuietError, quiet_error)
app.include_router(orders.router)
