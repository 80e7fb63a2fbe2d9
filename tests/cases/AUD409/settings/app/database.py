from sqlalchemy import create_engine

from app import settings
from app.other import url

engine = create_engine(settings.DATABASE_URL)  # AUD409
tuned = create_engine(url(), pool_size=20)  # AUD409
unknown = create_engine(url())
