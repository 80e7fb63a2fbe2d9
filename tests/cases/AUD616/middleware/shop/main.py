from fastapi import FastAPI
from shop import users
from shop.limits import SignInRateLimitMiddleware

app = FastAPI()
app.add_middleware(SignInRateLimitMiddleware)
app.include_router(users.router)
