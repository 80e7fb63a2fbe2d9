from sqlalchemy import create_engine
from sqlalchemy.orm import sessionmaker

Session = sessionmaker(create_engine("postgresql://orders"))


def get_db():
    with Session() as session:
        yield session
