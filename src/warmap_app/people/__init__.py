"""People from somebody's list: read, matched with the people of a map, told, and put on it."""
