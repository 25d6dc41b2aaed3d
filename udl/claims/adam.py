"""Claims of section 3.7.7: what Adam joins, and how good it is."""
