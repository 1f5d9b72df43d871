"""How Alembic runs our steps: on the connection it is given, all of them in one transaction that is already open."""

from alembic import context

context.configure(connection=context.config.attributes["connection"], target_metadata=None)
context.run_migrations()
