-- declaration: what a worker took down for somebody else. The same visit sent twice is one; names nobody.
create table declaration.visit (
  uuid uuid primary key,
  digest bytea not null,
  home bigint not null,
  patient_id bigint not null,
  resources int not null,
  ward text not null,
  staff_id bigint not null,
  at timestamptz not null
);
create index visit_ward on declaration.visit (ward, at);

-- a tablet that went out for a day: whose, until when, and the key to which it seals what nobody has sent yet
create table declaration.tablet (
  tablet uuid primary key,
  secret_hash bytea not null,
  staff_id bigint not null,
  ward text not null,
  private_key bytea not null,
  made_at timestamptz not null,
  ends_at timestamptz not null
);
create index tablet_ward on declaration.tablet (ward, made_at);

-- visits that a tablet gave up unsent, because its worker may not send them any more: for the station's lead to settle
create table declaration.handed_over (
  tablet uuid not null,
  uuid uuid not null,
  box bytea not null,
  handed_at timestamptz not null,
  taken_by bigint,
  taken_at timestamptz,
  primary key (tablet, uuid)
);
