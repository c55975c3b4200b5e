-- identity: what a person at a station said of a group of records that she was asked about; all numbers of the queue are
-- counted from here. Patients by number, and never what they state.
create sequence identity.judgement_id;
create table identity.judgement (
  judgement_id bigint primary key,
  at timestamptz not null,
  staff_id bigint not null,
  facility text not null,
  -- whose station was asked
  ward text not null,
  said text not null check (said in ('same', 'different', 'partly', 'later')),
  -- 'waits' for a second person; 'stands'; 'refused' by the second; 'undone'; 'over': asked later, and answered since
  state text not null check (state in ('waits', 'stands', 'refused', 'undone', 'over')),
  -- why later: to be looked into, or to be called
  why text check (why in ('look', 'call')),
  -- Patients, those who are one person beside each other: [[1, 2], [3]]
  parts jsonb not null,
  -- the pairs that asked, and what each was before: [[1, 2, "open"]]
  pairs jsonb not null,
  -- drawn from what was linked automatically, whoever judged it did not know
  sample boolean not null,
  -- what the house had suggested, where it showed it
  suggested text check (suggested in ('same', 'different', 'partly', 'later')),
  -- since when the question stood
  asked_at timestamptz not null,
  -- how long it lay before her, as her screen tells
  seconds double precision,
  second_id bigint,
  second_at timestamptz,
  ended_at timestamptz,
  ended_by bigint
);
create index judgement_ward on identity.judgement (ward, at);
create index judgement_staff on identity.judgement (staff_id, at);
create index judgement_waits on identity.judgement (ward) where state = 'waits';
