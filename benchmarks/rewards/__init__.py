"""What is promised about money, tried out: races, orders of steps, kills, splits, codes left behind."""
