-- identity: on which ward of before July 2025 somebody lives, where her address tells or where her ward of today was made
-- of one alone; null where nobody knows. What was counted before this stays as it is: it was never asked.
alter table identity.patient add column former text;
alter table identity.enrolment add column former text;

-- insight: the same sums on the old map
create or replace view insight.enrolment_feed as
  select xid, at, (at at time zone 'Asia/Ho_Chi_Minh')::date as day,
    extract(hour from at at time zone 'Asia/Ho_Chi_Minh')::smallint as hour,
    n, coalesce(ward, '') as ward, coalesce(campaign, '') as campaign, coalesce(birth_year, 0)::smallint as birth_year,
    level, channel, date_trunc('week', at at time zone 'Asia/Ho_Chi_Minh')::date as week, coalesce(former, '') as former
  from identity.enrolment;

create table insight.former_level (
  former text not null, level text not null, n bigint not null,
  primary key (former, level)
);
create table insight.former_week (
  former text not null, week date not null, n bigint not null,
  primary key (week, former)
);
create table insight.former_day (
  former text not null, day date not null, level text not null, n bigint not null,
  primary key (day, former, level)
);
create table insight.former_age (
  former text not null, birth_year smallint not null, level text not null, n bigint not null,
  primary key (former, birth_year, level)
);
create table insight.former_age_day (
  former text not null, day date not null, birth_year smallint not null, level text not null, n bigint not null,
  primary key (day, former, birth_year, level)
);

-- everything is counted anew, into these too
truncate insight.cursor, insight.ward_level, insight.ward_week, insight.ward_age, insight.ward_age_day, insight.ward_day,
  insight.campaign_day, insight.campaign_age, insight.campaign_hour;
