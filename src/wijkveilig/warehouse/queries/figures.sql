/* Residents and key figures inside an area, all levels.
   Parameters: $batches (ids), $digits ('0518' for GM0518, '' for the country).
   Rows: batch, area, measure, code, first (month index, -1 = year unknown), months, value, status;
   in the order measure, area, first, batch. */
SELECT batch, area, measure, code, first, months, value, status
FROM observations
WHERE measure <> 'registered_crime'
  AND list_contains($batches, batch)
  AND starts_with(substr(area, 3), $digits)
ORDER BY measure, area, first, batch, code
