-- exchange: programs of facilities that speak at the exchange's door, their keys and their tokens. Few clients, read by
-- every server; tokens lie by their fingerprint, since a lookup knows nothing else.
create schema exchange;

create sequence exchange.client_no;
create table exchange.client (
  no bigint primary key,
  id text not null unique check (id ~ '^[a-z0-9][a-z0-9-]{1,39}$'),
  name text not null,
  facility text not null check (facility <> 'self'),
  scopes text[] not null,
  operator boolean not null default false,
  -- where its keys are published; otherwise they are registered one by one
  jwks_url text,
  created_at timestamptz not null,
  created_by bigint,
  changed_at timestamptz not null,
  suspended_at timestamptz,
  last_used_at timestamptz
);

-- public keys only; 'at' is where it came from: registered by hand, or seen at the client's own address
create table exchange.client_key (
  client bigint not null,
  kid text not null,
  jwk text not null,
  since timestamptz not null,
  until timestamptz,
  last_used_at timestamptz,
  primary key (client, kid)
);

-- a client's (client) or one resident's own (patient_id); kid is the key by which it was asked for
create table exchange.token (
  token_hash bytea primary key,
  client bigint,
  kid text,
  patient_id bigint,
  scopes text[] not null,
  issued_at timestamptz not null,
  expires_at timestamptz not null,
  check ((client is null) <> (patient_id is null))
);
create index token_expires on exchange.token (expires_at);

-- assertions that were used: none passes twice, whichever server sees it
create table exchange.used_assertion (
  jti_hash bytea primary key,
  expires_at timestamptz not null
);
create index used_assertion_expires on exchange.used_assertion (expires_at);
