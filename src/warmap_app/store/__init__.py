"""The database of checked maps: what `warmap check --store` writes, and where the trend is read from."""
