"""AUD623: a null that a client sends comes to a column that takes none."""

from __future__ import annotations

import ast

from flake8_auditrules.project.null_updates import null_updates
from flake8_auditrules.project.registered_handlers import is_answered
from flake8_auditrules.rule import Category, Reach, Rule, Severity
from flake8_auditrules.semantics.names import last_name
from flake8_auditrules.semantics.partial_updates import updating
from flake8_auditrules.semantics.scopes import FunctionNode

_TAKING_IT = frozenset(
    {"BaseException", "DBAPIError", "DatabaseError", "Exception", "IntegrityError", "SQLAlchemyError"}
)


class NullUpdate(Rule):
    """
    ## What it does
    Finds updates that put all the fields a client has sent into a row
    (`for name, value in body.model_dump(exclude_unset=True).items(): setattr(row, name, value)`,
    `row.sqlmodel_update(sent)`, `update(Order).values(**sent)`), where the model allows null for a field
    (`name: str | None = None`) whose column is NOT NULL. Columns of SQLAlchemy and SQLModel are known by their
    declaration.

    ## Why it matters
    `exclude_unset` leaves out what was not sent, and keeps a null that was. `{"name": null}` passes the model and
    fails in the database: the client's mistake is answered with status 500, logged as a fault of the server, and
    what else the request should have changed is lost.

    ## When to silence it
    When something before the application refuses null. Fields that a validator looks at, or that the function
    names itself, are silent as they are, and so are functions that take the error.
    """

    code = "AUD623"
    severity = Severity.LOW
    category = Category.ERROR_HANDLING
    reach = Reach.PROJECT
    since = "0.1.0"
    message = (
        "`{body}` takes null for `{field}`, the column of `{row}` does not, so it answers 500; "
        "refuse it or leave None out"
    )
    examined = "updates of what was sent put no null where none may be"

    bad = (
        """
        from fastapi import Depends, FastAPI
        from pydantic import BaseModel
        from sqlalchemy import StaticPool, create_engine
        from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

        app = FastAPI()
        engine = create_engine("sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False})

        class Base(DeclarativeBase):
            pass

        class Project(Base):
            __tablename__ = "projects"
            id: Mapped[int] = mapped_column(primary_key=True)
            name: Mapped[str] = mapped_column()

        class ProjectUpdate(BaseModel):
            name: str | None = None

        def get_session():
            with Session(engine) as session:
                yield session

        @app.patch("/projects/{number}")
        def change(number: int, body: ProjectUpdate, session: Session = Depends(get_session)):
            project = session.get(Project, number)
            for field, value in body.model_dump(exclude_unset=True).items():  # AUD623
                setattr(project, field, value)
            session.commit()
        """,
    )
    good = (
        """
        from fastapi import Depends, FastAPI
        from pydantic import BaseModel
        from sqlalchemy import StaticPool, create_engine
        from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

        app = FastAPI()
        engine = create_engine("sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False})

        class Base(DeclarativeBase):
            pass

        class Project(Base):
            __tablename__ = "projects"
            id: Mapped[int] = mapped_column(primary_key=True)
            name: Mapped[str] = mapped_column()

        class ProjectUpdate(BaseModel):
            name: str = ""

        def get_session():
            with Session(engine) as session:
                yield session

        @app.patch("/projects/{number}")
        def change(number: int, body: ProjectUpdate, session: Session = Depends(get_session)):
            project = session.get(Project, number)
            for field, value in body.model_dump(exclude_unset=True).items():
                setattr(project, field, value)
            session.commit()
        """,
    )

    def visit_Module(self, node: ast.Module) -> None:
        """Report the updates that take a null to where none may be."""
        module = self.module
        if module.is_test:
            return
        for function in updating(module):
            for update in null_updates(self.project, module, function):
                if self._is_taken(function) or is_answered(self.project, module, _TAKING_IT):
                    self.passed(update.site)
                else:
                    self.report(update.site, field=update.field, body=update.body, row=update.row)

    def _is_taken(self, function: FunctionNode) -> bool:
        """Whether a handler of the function takes what the database has against it."""
        return any(
            isinstance(part, ast.ExceptHandler)
            and (part.type is None or any(last_name(one) in _TAKING_IT for one in _named(part.type)))
            for part in self.module.own_nodes(function)
        )


def _named(caught: ast.expr) -> list[ast.expr]:
    """The classes that an `except` names."""
    return caught.elts if isinstance(caught, ast.Tuple) else [caught]
