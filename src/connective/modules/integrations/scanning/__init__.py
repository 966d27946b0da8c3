"""Lists of a million rows: a page looks through a bounded part, and says where it stopped."""
