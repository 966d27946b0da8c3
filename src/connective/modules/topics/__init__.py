"""What conversations are about: topics and tags."""
