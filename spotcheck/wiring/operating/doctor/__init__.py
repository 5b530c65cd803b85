"""The doctor: whether an installation is as it should be, one line for each thing, each with its cure."""
