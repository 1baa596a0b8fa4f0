"""Outside systems, one complete folder each. Their shapes end here; the domain never sees them."""
