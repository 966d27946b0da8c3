"""PostgreSQL: metadata, connections, blocks of ids."""
