"""The features of the product, one folder each."""
