"""The war map in a browser: what the page's worker runs, and what builds and serves the page."""
