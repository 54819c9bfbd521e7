"""What is made for an author: posts, and blogs of their own."""
