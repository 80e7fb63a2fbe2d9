from sqlalchemy import select, text

from app.models import Draft, Note, Post


def posts(session, editor_id):
    return session.scalars(select(Post).where(Post.editor_id == editor_id)).all()


def posts_read(session, repository, reader):
    return repository.find_posts(session, reader_id=reader.id)


def posts_owned(session, owner):
    return session.execute(text("SELECT id FROM posts WHERE owner_id = :owner"), {"owner": owner}).all()


def drop(session, draft: Draft):
    session.delete(draft)


def shown(post):
    return {"author_id": post.author_id, "mine": post.author_id == 1}


def make(session, author):
    session.add(Post(author_id=author.id, editor_id=author.id))


def notes(session):
    return session.scalars(select(Note)).all()
