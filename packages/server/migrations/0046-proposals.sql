-- identity: a proposal to make two books one does not wait for ever. Until when it does: a week for a second person, longer
-- while neither book has been confirmed with a document, since that is what it waits for then.
alter table identity.merge add column due_at timestamptz;
update identity.merge set due_at = at + interval '7 days' where state = 'waits';
alter table identity.merge drop constraint merge_state_check;
alter table identity.merge add constraint merge_state_check
  check (state in ('waits', 'merged', 'declined', 'parted', 'expired'));
create index merge_due on identity.merge (due_at) where state = 'waits';
