"""From counts to what an officer opens."""
