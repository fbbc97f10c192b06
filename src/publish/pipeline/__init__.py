"""The pipeline: what each command does, put together from the modules below it."""
