from pydantic import BaseModel


class Base(BaseModel):
    def json(self, **options):
        return self.model_dump(**options)


class Kept(Base):
    name: str
