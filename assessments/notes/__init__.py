"""The line that ends a copied note and brings its picture back at the next visit."""
