"""Claims of section 3.7.6: forgetting, and a start at 0."""
