"""How the documents are built into the site that the product serves at /docs."""

project = "Connective"
language = "en"

extensions = ["myst_parser"]
exclude_patterns = ["images"]
suppress_warnings: list[str] = []

myst_heading_anchors = 3
# A link that starts with a slash leads into the running product: /api-docs, /readyz.
myst_url_schemes = ["http", "https", "mailto"]

html_theme = "furo"
html_title = "Connective"
html_static_path: list[str] = []
html_copy_source = False
html_show_sphinx = False
html_show_copyright = False
html_theme_options = {"navigation_with_keys": True}
pygments_style = "friendly"
