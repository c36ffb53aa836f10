/* Add the stored figures of one batch. Parameters: $1 (batch id), $2 (path of the Parquet file),
   $3 (month index that figures without a year get, -1 for none). */
INSERT INTO observations
SELECT $1, area, measure, code, CASE WHEN first < 0 THEN $3 ELSE first END, months, value, status, row
FROM read_parquet($2)
