"""The formula language of the catalogue: grammar, typed tree, types, SQL. Nothing here is evaluated
as Python, and nothing here knows an indicator: formulas are data."""
