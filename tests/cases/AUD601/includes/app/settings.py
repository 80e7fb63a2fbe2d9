class Settings:
    PREFIX = "/v1"
    DEBUG = False


settings = Settings()
