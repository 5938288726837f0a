-- R37: events up to this number are no longer in the feed, where a retention is set. History keeps their entries.
alter table event_numbering add column expired_until bigint not null default 0;
