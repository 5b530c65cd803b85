"""Operating: databases and their roles, backup, health, logs, tracing, and the page of those who keep it running."""
