"""Privacy: my contributions, withdrawal, the register of tables that hold people."""
