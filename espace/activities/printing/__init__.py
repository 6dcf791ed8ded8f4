"""What this package prints, as PDF by Typst: one module for each kind of paper."""
