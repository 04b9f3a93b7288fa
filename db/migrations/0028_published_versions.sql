-- A published version is immutable (§8.1): people inside run by it, and reports and replays read it for ever.
revoke update, delete on journey_versions from parcours_app;
