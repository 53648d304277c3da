"""What people read: typed page contexts, templates, drawings, and the site made of them."""
