"""Whether health foretold the outcome: kept maps against how their deals ended."""
