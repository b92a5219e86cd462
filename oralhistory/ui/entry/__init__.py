"""The way into an archive: unlocking, recovering, making one."""
