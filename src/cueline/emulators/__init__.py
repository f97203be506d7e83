"""Stand-ins for the services that a call passes through; part of the product, with faults on demand."""
