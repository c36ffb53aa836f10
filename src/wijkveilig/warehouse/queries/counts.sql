/* Counts of registered crime of one level inside an area.
   Parameters: $batches (ids), $digits ('0518' for GM0518, '' for the country), $prefix ('BU', 'WK', 'GM', 'NL').
   Rows: batch, area, code, first (month index), months, value (NULL unless status is 'value'), status, row;
   in the order batch, area, code, first, months. */
SELECT batch, area, code, first, months, value, status, row
FROM observations
WHERE measure = 'registered_crime'
  AND list_contains($batches, batch)
  AND starts_with(area, $prefix)
  AND starts_with(substr(area, 3), $digits)
ORDER BY batch, area, code, first, months
