"""Programs that show how to build on Connective; none of them imports it."""
