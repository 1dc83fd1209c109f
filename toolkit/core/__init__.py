"""The pure core: value texts, forms, schemes, layout. Knows no Excel, no pandas, no files but its own data."""
