"""Models that keep secrets twice."""

from sqlalchemy import LargeBinary, String
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    """The models' own base."""


class Shop(Base):
    """A shop whose key was kept in plain text before."""

    __tablename__ = "shops"

    number: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80))
    api_key: Mapped[str | None] = mapped_column(String(80))
    api_key_encrypted: Mapped[bytes | None] = mapped_column(LargeBinary)


class Partner(Base):
    """A partner whose key is decrypted when it is asked for."""

    __tablename__ = "partners"

    number: Mapped[int] = mapped_column(primary_key=True)
    secret_encrypted: Mapped[bytes | None] = mapped_column(LargeBinary)

    @property
    def secret(self):
        return self.secret_encrypted.decode()


class Filled(Base):
    """A row that fills its plain field when it is loaded."""

    __tablename__ = "filled"

    number: Mapped[int] = mapped_column(primary_key=True)
    token: Mapped[str | None] = mapped_column(String(80))
    token_encrypted: Mapped[bytes | None] = mapped_column(LargeBinary)

    def load(self, decrypt):
        self.token = decrypt(self.token_encrypted)


class Link(Base):
    """A link to another program: what is no secret stays in the plain field."""

    __tablename__ = "links"

    number: Mapped[int] = mapped_column(primary_key=True)
    settings: Mapped[str | None] = mapped_column(String(80))
    settings_encrypted: Mapped[bytes | None] = mapped_column(LargeBinary)
