"""What is measured: scale definitions, loading, scoring. Pure Python, no Qt, no database."""
