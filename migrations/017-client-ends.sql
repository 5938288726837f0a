-- A client stays within the client that made it, and every client and key has an end.

alter table api_clients add column parent_client_id uuid;
alter table api_clients
  add constraint api_clients_parent_fk foreign key (parent_client_id) references api_clients (client_id),
  add constraint api_clients_not_own_parent check (parent_client_id <> client_id);
create index api_clients_by_parent on api_clients (parent_client_id) where parent_client_id is not null;

update api_clients set parent_client_id = maker.client_id
from history join api_clients maker on maker.client_id::text = history.actor and maker.revoked_at is null
where history.event = 'api_client.created' and history.subject_id = api_clients.client_id::text
  and maker.client_id <> api_clients.client_id;

update api_clients set expires_at = now() + interval '366 days' where expires_at is null or expires_at > now() + interval '366 days';
update api_keys set expires_at = now() + interval '366 days' where expires_at is null or expires_at > now() + interval '366 days';
alter table api_clients alter column expires_at set not null;
alter table api_keys alter column expires_at set not null;
