"""What is computed: every descent, sweep and race, and the starts and rates they take."""
