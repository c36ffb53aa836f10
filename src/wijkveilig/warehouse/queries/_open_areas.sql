/* The areas of stored batches, see `_open_observations`. */
CREATE VIEW areas AS
SELECT s.batch, a.code, a.level, a.name, a.parent, a.lon, a.lat, a.wkb, a.water
FROM read_parquet(getvariable('places'), filename = true) a
JOIN _stored s ON s.places = a.filename
