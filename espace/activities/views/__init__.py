"""Pages of the programme and the day sheet, one module per journey."""
