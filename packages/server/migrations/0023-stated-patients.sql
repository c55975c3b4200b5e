-- identity: Patients that facilities state through the exchange. A number may be stated by a facility, which is neither a
-- person's own word nor a document that a station has seen; a person may be known through facilities alone, without a
-- book ('stated'), and such a one may turn out to be somebody who has one ('joined': her Patients moved there).
alter table identity.identifier drop constraint identifier_assurance_check;
alter table identity.identifier add constraint identifier_assurance_check
  check (assurance in ('declared', 'card', 'verified', 'stated'));
alter table identity.person drop constraint person_status_check;
alter table identity.person add constraint person_status_check
  check (status in ('active', 'deceased', 'closed', 'stated', 'joined'));
