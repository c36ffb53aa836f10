/* Every area code that a batch holds, in its figures or its areas.
   Parameters: $batches (ids). Rows: batch, code; in that order. */
SELECT DISTINCT batch, code
FROM (SELECT batch, area AS code FROM observations UNION ALL SELECT batch, code FROM areas)
WHERE list_contains($batches, batch)
ORDER BY batch, code
