"""Claims of section 3.7.1: minima, and the dilemma of the learning rate."""
