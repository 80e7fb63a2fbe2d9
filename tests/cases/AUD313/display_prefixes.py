from errors import invalid, not_found


def revoke_token(rows, token: int | str):
    if not rows:
        raise not_found(f"no token {token}")
    if len(rows) > 1:
        raise invalid(f"the token's prefix {token} matches several")


def revoke_access_token(rows, access_token: str):
    if not rows:
        raise invalid(f"no token {access_token}")  # AUD313
