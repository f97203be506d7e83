"""Settings, and how adapters are put into ports and stages into roles."""
