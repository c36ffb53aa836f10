/* Add the stored areas of one batch. Parameters: $1 (batch id), $2 (path of the Parquet file). */
INSERT INTO areas SELECT $1, * FROM read_parquet($2)
