"""Claims of section 3.7.4: too much speed, and the look ahead."""
