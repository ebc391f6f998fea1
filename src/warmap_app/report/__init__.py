"""One deal to look at and to pass on: the relationship picture, the page, the sheet for one call, copies for others."""
