"""The studies that come with the product."""
