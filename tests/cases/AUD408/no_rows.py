"""Queries in loops that no query for all items can take the place of."""

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session


def take_locks(session: Session, keys):
    for key in sorted(keys):
        session.execute(text("SELECT pg_advisory_xact_lock(hashtext(:key))"), {"key": key})


def count_tables(session: Session, names):
    return {name: session.execute(text(f"SELECT count(*) FROM public.{name} t")).scalar() for name in names}


def count_owned(session: Session, tables, owner):
    for table in tables.values():
        yield session.scalar(select(1).select_from(table.join(owner, table.c.owner == owner.c.id)))


def may_read(session: Session):
    for table, permissions in (("users", ("SELECT", "UPDATE")), ("logs", ("SELECT",))):
        for permission in permissions:
            if not session.scalar(select(func.allowed(table, permission))):
                raise PermissionError(table)


def only_one(session: Session, Config, tables):
    for table in tables:
        if table.name == "identities":
            print(session.scalar(select(Config.id).where(Config.table == table.name)))


def send_digests(session: Session, Release, digests, send_mail):
    for prefix, content in digests.items():
        release = session.scalars(select(Release).where(Release.prefix == prefix)).one()
        send_mail(release.list_address, content)


def erase_account(session: Session, Invoice, references):
    return [session.scalar(select(Invoice.id).where(Invoice.reference == one).limit(1)) for one in references]


def with_invoices(session: Session, Invoice, references):
    return [session.scalar(select(Invoice.id).where(Invoice.reference == one)) for one in references]  # AUD408


def attach(session: Session, Job, job, root):
    numbers = [job]
    if root is not None:
        numbers.append(root)
    for number in numbers:
        print(session.scalars(select(Job.status).where(Job.number == number)).all())


def attach_all(session: Session, Job, jobs, first):
    numbers = [first]
    for job in jobs:
        numbers.append(job.number)
    for number in numbers:
        print(session.scalars(select(Job.status).where(Job.number == number)).all())  # AUD408


def check_names(session: Session, Lease, rows, canonical):
    for row in rows:
        try:
            row.name = canonical(row.name)
        except ValueError:
            if session.scalar(select(Lease.id).where(Lease.name == row.name)) is not None:
                raise


def check_leases(session: Session, Lease, rows, canonical):
    for row in rows:
        try:
            lease = session.scalar(select(Lease).where(Lease.name == row.name))  # AUD408
            row.name = canonical(lease)
        except ValueError:
            print(row)
