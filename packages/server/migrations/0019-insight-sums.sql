-- insight: two coarser sums, so that the map of a whole city reads hundreds of rows and not ten thousands
create or replace view insight.enrolment_feed as
  select xid, at, (at at time zone 'Asia/Ho_Chi_Minh')::date as day,
    extract(hour from at at time zone 'Asia/Ho_Chi_Minh')::smallint as hour,
    n, coalesce(ward, '') as ward, coalesce(campaign, '') as campaign, coalesce(birth_year, 0)::smallint as birth_year,
    level, channel, date_trunc('week', at at time zone 'Asia/Ho_Chi_Minh')::date as week
  from identity.enrolment;

create table insight.ward_level (
  ward text not null, level text not null, n bigint not null,
  primary key (ward, level)
);
-- a week is named by its Monday
create table insight.ward_week (
  ward text not null, week date not null, n bigint not null,
  primary key (week, ward)
);

-- everything is counted anew, into these too
truncate insight.cursor, insight.ward_age, insight.ward_age_day, insight.ward_day, insight.campaign_day,
  insight.campaign_age, insight.campaign_hour;
