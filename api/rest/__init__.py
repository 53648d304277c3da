"""REST look-ups under ``/api/v1``: what a programme holds, one resource an address, as JSON and CSV."""
