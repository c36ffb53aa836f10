"""Settings, addresses and the server: the only room that reads the environment."""
