from pydantic_settings import BaseSettings


class Settings(BaseSettings):
    # The name of a user; what he has to know is asked for.
    s3_access_key: str = "admin"
    s3_secret_key: str
    minio_access_key: str = "minioadmin"  # AUD701
    minio_secret_key: str = "minioadmin"  # AUD701

    # The standard local-dev pair; every real deployment sets it.
    db_host: str = "localhost"
    db_password: str = "postgres"
    mail_host: str = "smtp.example.org"
    mail_password: str = "letmein"  # AUD701
    cache_url: str = "redis://127.0.0.1:6379/0"
    cache_password: str = "letmein"
    db_secret_key: str = "letmein"  # AUD701
