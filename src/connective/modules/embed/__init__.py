"""The operators' panel within the pages of other systems, such as a CRM."""
