import orders
from failures import ApiError, api_error
from fastapi import FastAPI

app = FastAPI()
app.add_exception_handler(ApiError, api_error)
app.include_router(orders.router)
