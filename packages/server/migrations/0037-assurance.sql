-- identity: a book that the State's own service of electronic identity vouches for
alter table identity.person drop constraint person_level_check;
alter table identity.person add constraint person_level_check
  check (level in ('phone', 'card', 'verified', 'national'));

-- a confirmation that was begun with that service: bound to the session that began it, for minutes, and gone with its
-- first use
create table identity.eid (
  phone_hash bytea not null,
  state_hash bytea not null,
  session bytea not null,
  home bigint not null,
  -- the proofs that belong to it, sealed
  secret bytea not null,
  expires_at timestamptz not null,
  primary key (phone_hash, state_hash)
);
