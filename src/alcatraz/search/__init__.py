"""The search index: Pagefind, run so that it makes the same bytes for the same pages."""
