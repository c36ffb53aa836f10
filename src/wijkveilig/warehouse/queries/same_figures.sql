/* The figures of batches of one source that a new file may repeat.
   Parameters: $batches (ids). Rows: batch, area, measure, code, first, months, value, status, row. */
SELECT batch, area, measure, code, first, months, value, status, row
FROM observations
WHERE list_contains($batches, batch)
ORDER BY batch, area, measure, code, first, months
