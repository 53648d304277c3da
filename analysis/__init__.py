"""What is computed: pure functions, records in and results out."""
