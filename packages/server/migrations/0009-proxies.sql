-- access: who may act for whom, in what, until when. A proxy is ended, never removed; what its holder does is written
-- down as hers.
create table access.proxy (
  home bigint not null,
  proxy_id int not null,
  holder bigint not null,
  relation text not null check (relation in ('child', 'parent', 'spouse', 'sibling', 'grandparent', 'ward', 'other')),
  basis text not null check (basis in ('parent', 'both', 'invitation', 'station')),
  topics text[] not null,
  since timestamptz not null,
  until timestamptz,
  ended_at timestamptz,
  ended_by text check (ended_by in ('subject', 'holder', 'station', 'age')),
  primary key (home, proxy_id)
);

-- identity: how each person came to her book, so that coverage can be counted by campaign
alter table identity.person add column campaign text;
alter table identity.person add column channel text not null default 'self'
  check (channel in ('self', 'family', 'assisted', 'import'));

-- who begins (+1) or stops (-1) to count where: append-only, followed from above behind the commit horizon. A change
-- of level or ward is a -1 for what stood and a +1 for what stands now.
create table identity.enrolment (
  home bigint not null,
  at timestamptz not null,
  xid xid8 not null default pg_current_xact_id(),
  n smallint not null check (n in (-1, 1)),
  ward text,
  campaign text,
  birth_year smallint,
  sex text,
  level text not null,
  channel text not null
);
create index enrolment_order on identity.enrolment (xid, home);
