"""Technology behind the ports; imported by ``roles`` alone."""
