-- Roles of the lake, once, as a superuser in its database, after the first publication has made the tables of the catalogue.
-- `peso` owns the catalogue and is the committer; `peso_reader` reads every edition and changes nothing.
CREATE ROLE peso_reader LOGIN;  -- with a password or certificate of your own
GRANT CONNECT ON DATABASE peso TO peso_reader;
GRANT USAGE ON SCHEMA public TO peso_reader;
GRANT SELECT ON ALL TABLES IN SCHEMA public TO peso_reader;
ALTER DEFAULT PRIVILEGES FOR ROLE peso IN SCHEMA public GRANT SELECT ON TABLES TO peso_reader;
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
