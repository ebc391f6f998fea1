"""Many maps rolled up: forecast bridge, funnel against quota, roll-ups, worst risks, and what was not counted."""
