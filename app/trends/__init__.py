"""Numbers over time: series, what happened since each start, and the figure of both."""
