"""What stands in the tables of the database, whoever wrote it."""

from django.db import connection

ALL = "SELECT table_schema, table_name FROM information_schema.tables WHERE table_type = 'BASE TABLE'"
OURS = f"{ALL} AND table_schema NOT IN ('pg_catalog', 'information_schema') ORDER BY table_name"


def tables() -> list[str]:
    """Every table of the site, also those that no model knows."""
    with connection.cursor() as cursor:
        cursor.execute(OURS)
        return [f'"{schema}"."{name}"' for schema, name in cursor.fetchall()]


def tables_with(*values: str) -> set[str]:
    """The tables in which one of the values stands anywhere in a row."""
    found = set()
    with connection.cursor() as cursor:
        for table in tables():
            cursor.execute(
                f"SELECT EXISTS (SELECT FROM {table} t WHERE t::text ILIKE ANY (%s))",  # noqa: S608
                [[f"%{value}%" for value in values]],
            )
            if cursor.fetchone()[0]:
                found.add(table.rpartition(".")[2].strip('"'))
    return found


def rows() -> dict[str, int]:
    """How many rows each table has."""
    with connection.cursor() as cursor:
        counted = {}
        for table in tables():
            cursor.execute(f"SELECT count(*) FROM {table}")  # noqa: S608
            counted[table] = cursor.fetchone()[0]
        return counted
