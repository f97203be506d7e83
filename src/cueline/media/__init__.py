"""Matroska in and out: what Kinesis Video Streams sends, as events; pure, no input or output."""
