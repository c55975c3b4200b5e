-- audit: who did what to whose record and why. Rows are only ever added; each Patient has one chain, each process one
-- for what concerns nobody (home 0). Chained fields are pseudonymous: erasing a person does not break a chain.
create schema audit;

create table audit.head (
  home bigint not null,
  patient_id bigint not null,
  seq bigint not null,
  hash bytea not null,
  primary key (home, patient_id)
) with (fillfactor = 70);

create table audit.event (
  home bigint not null,
  patient_id bigint not null,
  seq bigint not null,
  at timestamptz not null,
  actor text not null,
  actor_id bigint,
  facility text,
  action text not null,
  purpose text,
  what text,
  refused boolean not null default false,
  primary key (home, patient_id, seq, at)
) partition by range (at);

-- what falls outside the months prepared ahead still has a place
create table audit.event_other partition of audit.event default;

create table audit.root (
  day date primary key,
  root bytea not null,
  heads bigint not null,
  made_at timestamptz not null
);
