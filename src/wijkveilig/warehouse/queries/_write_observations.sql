/* All figures in the order in which they are stored: area, measure, code, period, line. No parameters. */
SELECT * EXCLUDE (batch) FROM observations ORDER BY area, measure, code, first, months, row
