"""Settings, routes and start-up. Reads the environment; everything below gets plain values."""
