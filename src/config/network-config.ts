/** The configuration of the network: which proxies and pages the service trusts, and how much it takes. */
export type NetworkConfig = {
  /** Requests a minute that each process takes: of a client with its key, and of an address without one. */
  client_requests: number
  address_requests: number
  /** Invalid keys a minute from one address, counted by all processes together. */
  failed_authentications: number
  /** Domains of refused senders a minute for which a client is shown whom to ask, and similar addresses. */
  confirmation_domains: number
  /** Addresses and ranges (CIDR) whose `X-Forwarded-For` is believed. */
  trusted_proxies: readonly string[]
  /** The origins of web pages that may read answers. */
  cors_origins: readonly string[]
  /** Certificate and key in PEM; null where a proxy speaks TLS, or nothing does. */
  tls: { cert: string; key: string } | null
  /** Open connections: of all, and of one address. */
  connections: number
  address_connections: number
  /** How long a whole request may take to arrive, in milliseconds. */
  request_timeout: number
  /** How long a client may read nothing of its answer, in milliseconds. */
  answer_timeout: number
  /** Above this mean delay of the event loop, in milliseconds, requests are turned away; 0 never does. */
  event_loop_delay: number
}

/** Generous: a mail gateway at full speed stays below these limits. */
export const NETWORK_DEFAULTS: NetworkConfig = {
  client_requests: 600_000,
  address_requests: 1200,
  failed_authentications: 60,
  confirmation_domains: 120,
  trusted_proxies: [],
  cors_origins: [],
  tls: null,
  connections: 10_000,
  address_connections: 2000,
  request_timeout: 30_000,
  answer_timeout: 60_000,
  event_loop_delay: 1000,
}
