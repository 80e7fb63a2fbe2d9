from pydantic import BaseModel, field_validator


class Settings(BaseModel):
    store: str = "memory"

    @field_validator("store", mode="before")
    @classmethod
    def known_store(cls, value):
        print("the store is", value)  # AUD309
        return value

    def tell(self):
        print(self.store)
