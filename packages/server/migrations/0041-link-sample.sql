-- identity: each week some of the links that the comparison made go to people, who look whether they are right
create table identity.link_sample (
  -- weeks since 1970, each beginning on a Thursday
  week integer primary key,
  drawn_at timestamptz not null,
  -- how many links there were to draw from, and how many were drawn
  linked bigint not null,
  drawn integer not null
);
