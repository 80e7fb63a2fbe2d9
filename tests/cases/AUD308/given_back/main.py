from fastapi import FastAPI
from handlers import Database
from routes import router
from service import Service
from sqlalchemy.exc import SQLAlchemyError

app = FastAPI()
app.state.service = Service(None)
app.add_exception_handler(SQLAlchemyError, Database.handle)
app.include_router(router)
