DATABASE_URL = "postgresql://app@localhost/app"
