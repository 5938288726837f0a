-- R37: every entry of history is an event, with a number of its own: the order in which changes became visible. Entries
-- get their number after their commit, so that no event ever appears behind a number that was already shown.
create table events (
  event_id   bigint not null,
  history_id bigint not null,
  hash       bytea,
  constraint events_pk primary key (event_id),
  constraint events_number_each_entry_once unique (history_id),
  constraint events_of_history foreign key (history_id) references history (history_id)
);

-- Every entry below has its number, or never came about: its transaction was rolled back.
create table event_numbering (
  only_row      boolean not null default true,
  settled_below bigint not null,
  constraint event_numbering_pk primary key (only_row),
  constraint event_numbering_one_row check (only_row)
);
insert into event_numbering (settled_below) values (0);
