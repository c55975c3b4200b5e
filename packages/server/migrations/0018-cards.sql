-- identity: codes that a telephone shows for a minute and that serve once. Only their fingerprints are kept.
create table identity.live_code (
  code_hash bytea primary key,
  home bigint not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz
);
create index live_code_end on identity.live_code (expires_at);

-- book: papers that this house printed, so that anybody can ask whether one is genuine. Nothing says whose it is.
create schema if not exists book;
create table book.print_check (
  code_hash bytea primary key,
  at timestamptz not null,
  parts text[] not null,
  pages int not null
);
