"""Credits: accounts, postings, holds, allowances, caps and the audit."""
