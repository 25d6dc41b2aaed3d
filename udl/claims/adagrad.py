"""Claims of section 3.7.5: a rate for each element."""
