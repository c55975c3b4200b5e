-- identity: two books that are one person's read as one; every row stays where it is. What a home keeps carries the
-- person to whom it belongs now, so that nobody has to look for her first.

-- whose book it is now, where the home's person is another one; and whether that book is surer than the one that this
-- telephone kept, so that it needs a proof of its own
alter table identity.keeper add column person bigint;
alter table identity.keeper add column unproven boolean not null default false;
-- the home whose joining brought this telephone what the person's other telephones keep; ended when it parts
alter table identity.keeper add column joined bigint;
create index keeper_person on identity.keeper (person) where person is not null;

-- access: the same for proxies: whose book it is now, and who acts now; null while neither is joined to another
alter table access.proxy add column person bigint;
alter table access.proxy add column acts bigint;

-- two books that are one person's: who proposed it, who confirmed it, by which evidence, and how it ended
create table identity.merge (
  -- the person who joins; her own home
  home bigint not null,
  no int not null,
  at timestamptz not null,
  -- the person who stays
  into_home bigint not null,
  state text not null check (state in ('waits', 'merged', 'declined', 'parted')),
  evidence text not null check (evidence in ('card', 'authority', 'birth-certificate', 'asked', 'records')),
  staff_id bigint not null,
  facility text not null,
  ward text,
  -- telephones whose owner stood before the worker
  telephones bytea[] not null default '{}',
  second_id bigint,
  second_facility text,
  merged_at timestamptz,
  status_before text,
  -- blind indexes of the older numbers that ended with it
  ended bytea[] not null default '{}',
  parted_at timestamptz,
  parted_by bigint,
  reason text check (reason in ('other-person', 'papers-differ', 'asked', 'mistake')),
  primary key (home, no)
);
create index merge_waits on identity.merge (at) where state = 'waits';
create index merge_into on identity.merge (into_home);
