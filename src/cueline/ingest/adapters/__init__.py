"""Where the bytes come from: Kinesis Video Streams, or a capture of one in a file."""
