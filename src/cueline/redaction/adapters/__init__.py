"""Models that find what the rules cannot, each behind the port ``WordDetector``."""
