"""Takes the pictures of the README and the guide: a demo instance, a browser, its pages."""
