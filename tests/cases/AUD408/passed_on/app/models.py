from sqlalchemy import ForeignKey
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class Task(Base):
    __tablename__ = "task"

    id: Mapped[int] = mapped_column(primary_key=True)


class Step(Base):
    __tablename__ = "step"

    id: Mapped[int] = mapped_column(primary_key=True)
    order: Mapped[int]
    task_id: Mapped[int] = mapped_column(ForeignKey("task.id"), index=True)


class Run(Base):
    __tablename__ = "run"

    id: Mapped[int] = mapped_column(primary_key=True)
    status: Mapped[str]
    step_id: Mapped[int] = mapped_column(ForeignKey("step.id"), index=True)
