"""A small CRM whose pages show the operator panel of Connective."""
