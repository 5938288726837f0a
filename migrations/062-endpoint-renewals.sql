-- R37: when the client of an endpoint last showed a credential that may have it. An identity provider's client is known
-- by that alone: 90 days later its endpoints end.
alter table webhook_endpoints add column renewed_at timestamptz;
