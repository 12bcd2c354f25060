"""Everything that is seen: scenery, figures, captions, and the camera that moves over them."""
