-- insight: what is counted, kept ready to be read. Nothing is stated here: every row follows from the feeds of the rooms
-- below, and all of it can be thrown away and counted anew.
create schema insight;

-- other rooms' rows as insight reads them: nobody's name, number or home among them
create view insight.enrolment_feed as
  select xid, at, (at at time zone 'Asia/Ho_Chi_Minh')::date as day,
    extract(hour from at at time zone 'Asia/Ho_Chi_Minh')::smallint as hour,
    n, coalesce(ward, '') as ward, coalesce(campaign, '') as campaign, coalesce(birth_year, 0)::smallint as birth_year,
    level, channel
  from identity.enrolment;

create view insight.campaign_listed as
  select code, ward, alley, title, starts, ends, target from declaration.campaign;

-- how far each feed was followed: every row of a transaction before `upto` is counted, none from it on. A restore
-- brings every xid back as 3, which no living cursor ever is: then everything is counted anew.
create table insight.cursor (
  feed text primary key,
  upto xid8 not null,
  at timestamptz
);

-- books that stand open, and what each day and hour added or took away. '' and 0: nobody knows the ward, the campaign,
-- the birth year.
create table insight.ward_age (
  ward text not null, birth_year smallint not null, level text not null, n bigint not null,
  primary key (ward, birth_year, level)
);
create table insight.ward_age_day (
  ward text not null, day date not null, birth_year smallint not null, level text not null, n bigint not null,
  primary key (day, ward, birth_year, level)
);
create table insight.ward_day (
  ward text not null, day date not null, level text not null, n bigint not null,
  primary key (day, ward, level)
);
create table insight.campaign_day (
  ward text not null, campaign text not null, day date not null, level text not null, channel text not null,
  n bigint not null,
  primary key (ward, campaign, day, level, channel)
);
create index campaign_day_campaign on insight.campaign_day (campaign);
create table insight.campaign_age (
  ward text not null, campaign text not null, birth_year smallint not null, level text not null, n bigint not null,
  primary key (ward, campaign, birth_year, level)
);
create index campaign_age_campaign on insight.campaign_age (campaign);
create table insight.campaign_hour (
  ward text not null, campaign text not null, day date not null, hour smallint not null, n bigint not null,
  primary key (ward, campaign, day, hour)
);
create index campaign_hour_campaign on insight.campaign_hour (campaign);
