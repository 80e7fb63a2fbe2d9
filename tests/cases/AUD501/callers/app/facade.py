from app.pool import make_half

__all__ = ["make_half"]
