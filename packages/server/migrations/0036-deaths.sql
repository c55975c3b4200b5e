-- identity: a facility's Patient says that somebody has died. It closes nothing: the station of her ward is asked.
create table identity.death_report (
  home bigint not null,
  patient_id bigint not null,
  source text not null,
  -- YYYY-MM-DD, YYYY-MM or YYYY; null where only the death itself is told
  died_on text,
  at timestamptz not null,
  settled_at timestamptz,
  settled_by bigint,
  settled_as text check (settled_as in ('recorded', 'alive', 'withdrawn')),
  primary key (home, patient_id)
);
create index death_report_open on identity.death_report (at) where settled_at is null;
