"""Claims of section 3.7.2: mini-batches and the learning rate."""
