"""Requests, quotes and jobs, and the state machine that takes a job to its end.

`place` holds the credits and creates the jobs in one transaction, `admission` lets them in, `drive` moves each to its
end, `watcher` asks the vendor, `engine` puts these together in one process.
"""
