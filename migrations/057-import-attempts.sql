-- R39: how often batches of an import were begun and not done. One that always fails must not hold up later imports.
alter table imports add column attempts integer not null default 0;
