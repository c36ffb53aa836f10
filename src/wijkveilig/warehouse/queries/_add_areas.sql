/* Put the areas of one batch, registered as `_read`, in the table; empty text is no text. Parameter: $1 (batch id). */
INSERT INTO areas
SELECT $1, code::VARCHAR, level::VARCHAR, NULLIF(name::VARCHAR, ''), NULLIF(parent::VARCHAR, ''),
       CASE WHEN isnan(lon) THEN NULL ELSE lon END, CASE WHEN isnan(lat) THEN NULL ELSE lat END,
       CASE WHEN octet_length(wkb) = 0 THEN NULL ELSE wkb END, water
FROM _read
