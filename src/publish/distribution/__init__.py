"""Distribution: what leaves the house beside the files that readers read."""
