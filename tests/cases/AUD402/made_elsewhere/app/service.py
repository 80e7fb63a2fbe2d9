from app.database import session_scope


def saves_all(rows, log):
    with session_scope() as unit:
        for row in rows:
            try:
                unit.add(row)
                unit.commit()
            except Exception:  # AUD402
                log.exception("not saved")


def opens_one_each(rows, log):
    for row in rows:
        try:
            with session_scope() as unit:
                unit.add(row)
                unit.commit()
        except Exception:
            log.exception("not saved")
