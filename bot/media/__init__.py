"""Files: guarded download, probing, images, fitting, contact sheets, animatics."""
