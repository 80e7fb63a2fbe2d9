"""An argument that one kind of connection alone takes tells what an engine connects to."""

from app.settings import database_url
from sqlalchemy import create_engine

engine = create_engine(database_url(), connect_args={"check_same_thread": False}, pool_size=10)
served = create_engine(database_url(), connect_args={"connect_timeout": 5}, pool_size=10)  # AUD409
