"""The whole stack on one machine without Docker: services, roles, gateway and their supervisor."""
