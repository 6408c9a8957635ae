"""Accounts and guests: people, sign-in, return codes."""
