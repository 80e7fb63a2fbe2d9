# file: shop/__init__.py

# file: shop/models.py
from django.db import models

class Order(models.Model):
    number = models.IntegerField()

# file: shop/tasks.py
from celery import shared_task

@shared_task
def pack(order):
    return order

# file: shop/views.py
from django.shortcuts import get_object_or_404

from shop.models import Order
from shop.tasks import pack

def finish(request, number):
    order = get_object_or_404(Order, number=number)
    pack.delay(order)  # AUD516
    pack.delay(order.pk)
    pack.delay(Order.objects.get(number=number))  # AUD516
    made = Order.objects.create(number=number)
    pack.apply_async(kwargs={"order": made})  # AUD516
    orders = Order.objects.filter(number=number)
    pack.delay(list(orders.values_list("pk", flat=True)))
    pack.delay(Order.objects.count())

# file: shop/rows.py
from sqlalchemy.orm import DeclarativeBase, Session

from shop.tasks import pack

class Base(DeclarativeBase):
    pass

class Row(Base):
    __tablename__ = "row"

def send(session: Session, store, number):
    pack.delay(session.get(Row, number))  # AUD516
    row = session.get(Row, number)
    pack.delay(row)  # AUD516
    pack.delay(store.get(Row, number))

# file: shop/sqlmodels.py
from sqlmodel import Field, SQLModel

from shop.tasks import pack

class Note(SQLModel, table=True):
    id: int = Field(primary_key=True)

class NewNote(SQLModel):
    text: str

def send(text):
    pack.delay(Note(id=1))  # AUD516
    pack.delay(NewNote(text=text))
