from pydantic import AnyUrl, MySQLDsn, PostgresDsn, computed_field
from pydantic_core import MultiHostUrl
from pydantic_settings import BaseSettings


class Settings(BaseSettings):
    DATABASE_URL: PostgresDsn
    replica: MySQLDsn | None = None
    any_url: AnyUrl
    either: PostgresDsn | str
    host: str
    kind: str

    @computed_field
    @property
    def built(self) -> str:
        return MultiHostUrl.build(scheme="postgresql+psycopg", host=self.host)

    @property
    def written(self) -> str:
        return f"postgresql+asyncpg://app@{self.host}/app"

    @property
    def one_of_two(self) -> str:
        if self.kind == "file":
            return "sqlite:///app.db"
        return f"postgresql+asyncpg://app@{self.host}/app"

    @property
    def file(self) -> str:
        return f"sqlite:///{self.host}"


settings = Settings()


def get_settings() -> Settings:
    return Settings()
