-- exchange: subscriptions of facilities' programs, and the events that they are told of. An event is a place in the
-- record, never a copy of what stands there.
create schema if not exists exchange;

create table exchange.subscription (
  subscription_id text primary key,
  client_no bigint not null,
  actor text not null,
  status text not null check (status in ('requested', 'active', 'error', 'off')),
  topic text not null,
  channel text not null check (channel in ('rest-hook', 'websocket')),
  payload text not null check (payload in ('empty', 'id-only', 'full-resource')),
  -- the Subscription as it was sent, and what was read out of it: sealed, since it names Patients and addresses
  sealed bytea not null,
  version int not null,
  heartbeat_s int,
  most int not null,
  made_at timestamptz not null,
  changed_at timestamptz not null,
  ends_at timestamptz,
  -- the last event that has a number, and the last one that arrived
  events bigint not null default 0,
  delivered bigint not null default 0,
  -- nothing that arrived before is told
  since timestamptz not null,
  tries int not null default 0,
  next_try timestamptz not null,
  last_sent timestamptz,
  fault text,
  lease_by text,
  lease_until timestamptz
);
create index subscription_client on exchange.subscription (client_no);
create index subscription_due on exchange.subscription (next_try) where status in ('requested', 'active');

-- found in the record, exactly once; it gets its number when it first may leave, so that numbers have no gap
create table exchange.event (
  subscription_id text not null,
  seq bigint generated always as identity,
  no bigint,
  patient_id bigint not null,
  resource_no int not null,
  version int not null,
  type text not null,
  verb text not null,
  at timestamptz not null,
  primary key (subscription_id, seq)
);
create unique index event_no on exchange.event (subscription_id, no);
create index event_at on exchange.event (at);

-- how far the record's arrivals were looked at; its row is locked by whoever looks
create table exchange.feed (
  name text primary key,
  cursor text not null
);

-- addresses that the operator opened for a client: nothing is ever sent anywhere else
create table exchange.hook (
  client_no bigint not null,
  address text not null,
  since timestamptz not null,
  primary key (client_no, address)
);

create table exchange.socket_token (
  token_hash bytea primary key,
  client_no bigint not null,
  subscriptions text[] not null,
  expires_at timestamptz not null
);
