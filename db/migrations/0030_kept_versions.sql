-- A version of a template is never written again: what a message said can be read for ever, whoever calls.
revoke update, delete on template_versions from parcours_app;
