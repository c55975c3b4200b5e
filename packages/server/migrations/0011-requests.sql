-- book: what a person asks for that somebody must answer by a day that the law sets. Words are sealed under her key.
create schema if not exists book;

-- a line of others that she says is wrong: both versions stay, whatever the answer
create table book.dispute (
  home bigint not null,
  number int not null,
  patient_id bigint not null,
  no int not null,
  version int not null,
  source text not null,
  reason text not null,
  words bytea,
  document_no int,
  -- the station that sees to it: of the ward she lives in
  desk text,
  state text not null check (state in ('received', 'with-source', 'answered')),
  law text not null,
  asked_at timestamptz not null,
  due_on date not null,
  passed_at timestamptz,
  answered_at timestamptz,
  answered_by int,
  answer text check (answer in ('kept', 'corrected', 'withdrawn')),
  answer_words bytea,
  primary key (home, number)
);
create index dispute_desk on book.dispute (desk, state, due_on);

-- to close her book, to object, to be erased: answered by the privacy office
create table book.request (
  home bigint not null,
  number int not null,
  kind text not null check (kind in ('close', 'object', 'erase')),
  words bytea,
  state text not null check (state in ('received', 'in-hand', 'answered')),
  law text not null,
  asked_at timestamptz not null,
  acknowledge_by date not null,
  due_on date not null,
  taken_at timestamptz,
  answered_at timestamptz,
  answered_by int,
  answer text check (answer in ('granted', 'refused')),
  answer_words bytea,
  retention_class text,
  retain_until date,
  primary key (home, number)
);
create index request_due on book.request (state, due_on);
