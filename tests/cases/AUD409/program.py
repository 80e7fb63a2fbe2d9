from sqlalchemy import create_engine

engine = create_engine("postgresql://app@localhost/app")

if __name__ == "__main__":
    engine.connect()
