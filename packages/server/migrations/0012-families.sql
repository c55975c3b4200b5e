-- access: how the person herself agreed to a proxy, and which of the sensitive parts she shared. What a proxy really
-- opens on a day follows from these, her age and the rules of that day.
alter table access.proxy add column shared text[] not null default '{}';
alter table access.proxy add column confirmed_at timestamptz;
alter table access.proxy add column confirmed_how text
  check (confirmed_how in ('herself', 'own-phone', 'same-phone', 'station'));
alter table access.proxy add column asked_at timestamptz;
create index proxy_holder on access.proxy (holder);
-- one proxy of one holder for one book at a time
create unique index proxy_standing on access.proxy (home, holder) where ended_at is null;

-- every word by which topics were given or taken: who said it, when; added to, never changed
create table access.proxy_given (
  home bigint not null,
  proxy_id int not null,
  at timestamptz not null,
  given_by text not null check (given_by in ('subject', 'holder', 'station')),
  topics text[] not null,
  until timestamptz,
  primary key (home, proxy_id, at)
);

-- a code that one side hands to the other: its maker gives a proxy in her own book, or asks for one
create table access.invitation (
  code_hash bytea primary key,
  home bigint not null,
  kind text not null check (kind in ('give', 'ask')),
  relation text not null,
  topics text[] not null,
  until timestamptz,
  created_at timestamptz not null,
  ends_at timestamptz not null,
  used_at timestamptz
);
create index invitation_home on access.invitation (home);

-- identity: a number may be given to somebody new. Each time that may have happened begins another epoch; what was kept
-- in an earlier one needs a proof, and what is kept in a later one is not seen by the sessions of an earlier one.
alter table identity.account add column epoch int not null default 0;
alter table identity.session add column epoch int not null default 0;
alter table identity.keeper add column epoch int not null default 0;
-- until then this telephone may add to the book but not read what others wrote
alter table identity.keeper add column adds_until timestamptz;
-- the change of telephone by which this row came or goes
alter table identity.keeper add column change bytea;

-- somebody says that a book kept at another telephone is hers; spread by the new number
create table identity.phone_change (
  phone_hash bytea not null,
  code_hash bytea not null,
  epoch int not null,
  -- shown on the new telephone again, for the family or the station; sealed
  code bytea not null,
  -- sent to the old telephones
  undo_hash bytea,
  candidates bigint[] not null,
  -- kind of proof: the homes that it fits
  proofs jsonb not null default '{}',
  -- whose book, once two proofs fit
  home bigint,
  state text not null check (state in ('collecting', 'waiting', 'moved', 'undone', 'ended')),
  created_at timestamptz not null,
  ends_at timestamptz not null,
  begun_at timestamptz,
  effective_at timestamptz,
  undone_at timestamptz,
  primary key (phone_hash, code_hash)
);
create index phone_change_code on identity.phone_change (code_hash);
create index phone_change_undo on identity.phone_change (undo_hash) where undo_hash is not null;
create index phone_change_home on identity.phone_change (home) where home is not null;

-- a code sent to a child's own telephone, by which she agrees that somebody keeps her book
create table identity.child_code (
  home bigint not null,
  proxy_id int not null,
  code_hash bytea not null,
  wrong int not null default 0,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  primary key (home, proxy_id)
);

-- declaration: unsent answers belong to a book, and to whoever had the number when they were written
alter table declaration.draft add column epoch int not null default 0;
alter table declaration.draft add column home bigint;
