"""All dealerships of a coach beside each other: as a table, as a map of scores, compared, and handed over."""
