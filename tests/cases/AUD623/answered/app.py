from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

app = FastAPI()


class Base(DeclarativeBase):
    pass


class Order(Base):
    __tablename__ = "orders"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column()


class OrderUpdate(BaseModel):
    name: str | None = None


@app.exception_handler(IntegrityError)
def refuse(request: Request, error: IntegrityError):
    return JSONResponse({"detail": "not possible"}, 422)


@app.patch("/orders/{number}")
def change(number: int, body: OrderUpdate, session=None):
    order = session.get(Order, number)
    for name, value in body.model_dump(exclude_unset=True).items():
        setattr(order, name, value)
