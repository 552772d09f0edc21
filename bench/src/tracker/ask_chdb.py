"""Answers questions in SQL with ClickHouse's engine: one JSON text a line comes in, the milliseconds it took go out. Arguments: a folder of its own, a Parquet file."""
import json
import sys
import time

from chdb import session

folder, events = sys.argv[1:]
clickhouse = session.Session(folder)
clickhouse.query("CREATE DATABASE bench ENGINE = Atomic")
# As one would keep it: in the order in which it is asked for.
clickhouse.query(
    "CREATE TABLE bench.events ENGINE = MergeTree ORDER BY (site_id, ts) SETTINGS allow_nullable_key = 1 AS "
    f"SELECT * FROM file('{events}', Parquet)"
)
clickhouse.query("OPTIMIZE TABLE bench.events FINAL")
print("ready", flush=True)
for line in sys.stdin:
    started = time.perf_counter()
    clickhouse.query(json.loads(line), "JSON").bytes()
    print((time.perf_counter() - started) * 1000, flush=True)
