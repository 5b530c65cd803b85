"""How the files of the rules of 2021 are told: their stages, their lanes, and what not everybody may know."""
