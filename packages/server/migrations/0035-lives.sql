-- identity: what happens in a life: another number, a name put right, a move, a death. One row each, in the order in
-- which it was recorded; what it was before and after is sealed under the key of her own Patient.
create table identity.life (
  home bigint not null,
  no int not null,
  kind text not null check (kind in ('number', 'correction', 'move', 'death')),
  at timestamptz not null,
  -- the worker and her station; neither where she, or whoever acts for her, told it herself
  staff_id bigint,
  facility text,
  -- which kind of paper was seen
  paper text,
  told bytea not null,
  -- of a death: the day, and the last day on which her book must be kept
  died_on text,
  retain_until text,
  undone_at timestamptz,
  undone_by bigint,
  primary key (home, no)
);

-- a number that was hers and that the authority has cancelled or replaced: it goes on telling who she was, while
-- somebody else may bear it. One that has an end and not this was never proven hers.
alter table identity.identifier add column ended boolean not null default false;
