import sqlalchemy as sa
from alembic import op


def upgrade():
    op.create_table(
        "book",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), sa.ForeignKey("author.id"), index=True),
        sa.Column("editor_id", sa.Integer(), sa.ForeignKey("author.id")),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("editor_id", "id"),
    )
    op.create_index(op.f("ix_book_shop_id"), "book", ["shop_id"])
    with op.batch_alter_table("book") as batch:
        batch.create_index("ix_book_printer_id", ["printer_id"])
    op.execute("CREATE INDEX ix_owner ON book (owner_id)")
    op.create_index("ix_loan_reader_id", "loan", ["reader_id"])
