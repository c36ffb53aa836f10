/* All areas in the order of their codes. No parameters. */
SELECT * EXCLUDE (batch) FROM areas ORDER BY code
