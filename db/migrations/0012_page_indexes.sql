-- What the list of journeys and the page of events ask: entries and ends of the last days, quarantined events.
create index on enrollments (journey_id, entered_at);
create index on enrollments (journey_id, ended_at) where ended_at is not null;
create index on events (workspace_id, id) where outcome = 'quarantined';
