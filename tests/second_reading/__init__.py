"""A second, independent reading of the acceptance README: a model of a whole file, and random files to compare with."""
