"""Translation: what catalogues go through, from the template to a reviewed translation."""
