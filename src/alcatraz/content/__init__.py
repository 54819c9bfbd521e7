"""What an author may write: front matter, Markdown, bundles, figures, labels."""
