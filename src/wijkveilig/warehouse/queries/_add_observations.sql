/* Put the figures of one batch, registered as `_read`, in the table. Parameter: $1 (batch id). */
INSERT INTO observations
SELECT $1, area::VARCHAR, measure::VARCHAR, code::VARCHAR, first, months,
       CASE WHEN isnan(value) THEN NULL ELSE value END, status::VARCHAR, row
FROM _read
