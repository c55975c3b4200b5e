-- identity: what a telephone proves. Every table that belongs to one telephone is spread by its blind index, so a
-- sign-in is served by one place from start to end. All rows are logged: no crash forgets a wrong answer.
create schema if not exists identity;

create sequence identity.account_id;

-- one a telephone number; one a paper ticket, whose number is only claimed (proven = false)
create table identity.account (
  phone_hash bytea primary key,
  key_version smallint not null,
  account_id bigint not null default nextval('identity.account_id'),
  phone bytea,
  phone_key_version smallint,
  proven boolean not null,
  created_at timestamptz not null,
  signed_in_at timestamptz not null
) with (fillfactor = 80);

-- an asked-for code: the code itself is never kept, only its fingerprint
create table identity.challenge (
  phone_hash bytea not null,
  challenge_hash bytea not null,
  code_hash bytea not null,
  phone bytea not null,
  phone_key_version smallint not null,
  campaign text,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  primary key (phone_hash, challenge_hash)
) with (fillfactor = 80);
create index challenge_expires on identity.challenge (expires_at);

-- wrong answers of one allowance: all new devices of a telephone together (scope ''), each known device, proofs
create table identity.attempt (
  phone_hash bytea not null,
  scope bytea not null,
  wrong smallint not null,
  waits smallint not null,
  waits_until timestamptz,
  at timestamptz not null,
  primary key (phone_hash, scope)
) with (fillfactor = 50);

-- how many codes were asked for in a running hour or minute: by telephone, device, address, and in the whole city
create table identity.issue (
  bucket bytea primary key,
  started timestamptz not null,
  n integer not null,
  most integer not null,
  seconds integer not null
) with (fillfactor = 50);

-- a device that signed in with this telephone; opened: the number kept no book then, so every book here is opened by
-- it; homes: books above phone level for which somebody at this device gave a further proof
create table identity.device (
  phone_hash bytea not null,
  device_hash bytea not null,
  opened boolean not null,
  homes bigint[] not null default '{}',
  created_at timestamptz not null,
  seen_at timestamptz not null,
  primary key (phone_hash, device_hash)
) with (fillfactor = 80);

create table identity.session (
  phone_hash bytea not null,
  token_hash bytea not null,
  device_hash bytea,
  opened boolean not null,
  homes bigint[] not null default '{}',
  campaign text,
  created_at timestamptz not null,
  seen_at timestamptz not null,
  ends_at timestamptz not null,
  primary key (phone_hash, token_hash)
) with (fillfactor = 80);

-- a code on paper: opens one new, unverified book of one campaign, once
create table identity.ticket (
  ticket_hash bytea primary key,
  campaign text not null,
  created_at timestamptz not null,
  ends_at timestamptz not null,
  used_at timestamptz
);

-- the queue of text messages; address and text are sealed, and the text goes once it has been handed over
create table identity.message (
  id bigint generated always as identity primary key,
  phone_hash bytea not null,
  key_version smallint not null,
  recipient bytea not null,
  content bytea,
  state text not null check (state in ('queued', 'sent', 'delivered', 'failed', 'expired')),
  attempts smallint not null default 0,
  next_at timestamptz not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  provider_id text,
  fault text
) with (fillfactor = 70);
create index message_queue on identity.message (next_at) where state = 'queued';
create index message_phone on identity.message (phone_hash);
create index message_provider on identity.message (provider_id) where provider_id is not null;
