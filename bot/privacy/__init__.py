"""What is stored about people: to be read by them, and to be deleted when they say so or a server is left."""
