/* Areas that the files know, inside an area, all levels.
   Parameters: $batches (ids), $digits ('0518' for GM0518, '' for the country).
   Rows: batch, code, level, name, parent, lon, lat, wkb, water; in the order batch, code. */
SELECT batch, code, level, name, parent, lon, lat, wkb, water
FROM areas
WHERE list_contains($batches, batch)
  AND starts_with(substr(code, 3), $digits)
ORDER BY batch, code
