-- identity: the night in which the whole city is compared anew. What tells how far a run came, so that one that was
-- killed goes on where it was; what it found, kept apart until the groups are known; and what was learned of the city.
create table identity.night (
  no integer primary key,
  started_at timestamptz not null,
  -- 'learn', 'compare', 'move', 'pairs', 'done', in this order
  phase text not null check (phase in ('learn', 'compare', 'move', 'pairs', 'done')),
  -- the space of keys is walked in so many slices, and so many of them are done
  slice integer not null,
  slices integer not null,
  model integer not null,
  compared bigint not null,
  same bigint not null,
  review bigint not null,
  moved bigint not null,
  finished_at timestamptz
);

-- what tonight's run says of two Patients, the smaller number first; reasons where they are not kept yet
create table identity.night_pair (
  patient_id bigint not null,
  other_patient_id bigint not null,
  verdict text not null check (verdict in ('same', 'review')),
  score double precision not null,
  rule text,
  reasons jsonb not null,
  -- settles between equal scores; from the keys of both, so that it does not depend on who came first
  tie bigint not null,
  primary key (patient_id, other_patient_id),
  check (patient_id < other_patient_id)
);

-- weights and frequencies learned from the city; 0 is what the release brings and is not kept here
create table identity.model (
  version integer primary key check (version > 0),
  learned_at timestamptz not null,
  records integer not null,
  model jsonb not null
);
