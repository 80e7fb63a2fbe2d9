class Config:
    MAX_CONTENT_LENGTH = 1_000_000
