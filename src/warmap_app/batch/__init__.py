"""Many submitted files checked in one go: where they come from, who checks them, and what is only seen across them."""
