"""Measurements that anybody can repeat: synthetic records, and what the commands cost on them."""
