"""The state charts of the chapter, one file each."""
