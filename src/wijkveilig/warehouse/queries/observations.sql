/* All figures inside an area, of every level at or below it, for the questions of `wijkveilig observations`.
   Parameters: $batches (ids), $digits ('0518' for GM0518, '' for the country), $codes (source codes; empty = all).
   Rows: batch, area, measure, code, first, months, value, status; in the order measure, code, batch, area, first, months. */
SELECT batch, area, measure, code, first, months, value, status
FROM observations
WHERE list_contains($batches, batch)
  AND starts_with(substr(area, 3), $digits)
  AND (len($codes) = 0 OR list_contains($codes, code))
ORDER BY measure, code, batch, area, first, months
