-- Up to which moment what ended may have been deleted from the history. A server that has shown less does not learn from the rows
-- what ended since.
alter table last_batch
    add column forgotten timestamp(6) with time zone not null default timestamp with time zone '1970-01-01 00:00:00+00';
