-- The whole history is read by time, by customer, by client and by kind of change, the newest first.
create index history_by_time on history (occurred_at, history_id);
create index history_by_customer on history (customer_id, occurred_at, history_id) where customer_id is not null;
create index history_by_actor on history (actor, occurred_at, history_id);
create index history_by_event on history (event, occurred_at, history_id);
