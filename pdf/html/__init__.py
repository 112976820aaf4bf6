"""A page that a changed template renders to, and what people write with an editor."""
