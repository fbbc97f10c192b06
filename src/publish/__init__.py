"""One manuscript, its translations, and the PDF, EPUB and HTML of every edition."""
