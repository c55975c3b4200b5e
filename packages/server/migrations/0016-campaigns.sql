-- declaration: kinds of campaigns, and the places where their posters hang
alter table declaration.campaign
  add column kind text not null default 'ward' check (kind in ('ward', 'alley', 'event')),
  add column ended_at timestamptz;
update declaration.campaign set kind = 'alley' where alley is not null;
create index campaign_ward on declaration.campaign (ward);

-- its code opens its campaign, as the campaign's own does
create table declaration.place (
  code text primary key,
  campaign text not null,
  name text not null,
  hangs boolean not null default true,
  created_at timestamptz not null
);
create index place_campaign on declaration.place (campaign);

-- how often a poster was scanned, and how many books came of it: counts, nothing of anybody
create table declaration.place_day (
  place text not null,
  day date not null,
  scans int not null default 0,
  books int not null default 0,
  primary key (place, day)
);
