"""The built page of the war map, for `warmap web` where there is no checkout to build it from."""
