import hashlib

import bcrypt


def is_right(row, password):
    if row.kind == "old":
        return hashlib.sha256(password.encode()).hexdigest() == row.password
    return bcrypt.checkpw(password.encode(), row.password)
