"""Alembic's environment: migrations run on the connection that the program opened with the archive's key."""

from alembic import context

from oralhistory.storage.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
context.run_migrations()
