"""Settings whose origins have a default."""

from dataclasses import dataclass, field

from pydantic import BaseModel, Field
from pydantic_settings import BaseSettings


class Open(BaseSettings):
    origins: list[str] = ["*"]
    wide: list[str] = Field(default_factory=lambda: ["*"])
    text: str = "*"
    named: list[str] = ["https://app.example"]
    needed: list[str]
    credentials: bool = True
    no_credentials: bool = False

    @property
    def parts(self) -> list[str]:
        return [part.strip() for part in self.text.split(",")]

    @property
    def chosen(self) -> list[str]:
        return [part for part in self.text.split(",") if part != "*"] if self.needed else []


@dataclass
class CorsConfig:
    origins: list = field(default_factory=lambda: ["*"])


class Answer(BaseModel):
    origins: list[str] = ["*"]


settings = Open()
