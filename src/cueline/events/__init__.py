"""What has happened in a call, in words that are safe to keep and to send."""
