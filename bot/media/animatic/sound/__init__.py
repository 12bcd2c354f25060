"""Everything that is heard: effects, ambience, music, singing, and their mix."""
