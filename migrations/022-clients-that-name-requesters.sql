-- R25: whether a client has to say at whose request it changes contacts. People's clients do, feeds need not.

alter table api_clients add column names_requester boolean not null default false;
alter table api_clients alter column names_requester drop default;
