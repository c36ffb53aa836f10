/* Look at stored batches where they lie, without reading them. Needs the table `_stored` (batch, figures, places, first)
   and the variables `figures` and `places` (lists of Parquet files). `first` is the month index that figures without
   a year get, -1 for none. No parameters; one statement per view. */
CREATE VIEW observations AS
SELECT s.batch, o.area, o.measure, o.code, CASE WHEN o.first < 0 THEN s.first ELSE o.first END AS first,
       o.months, o.value, o.status, o.row
FROM read_parquet(getvariable('figures'), filename = true) o
JOIN _stored s ON s.figures = o.filename
