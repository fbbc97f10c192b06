"""Making: what `publish build` does, from a wish to files."""
