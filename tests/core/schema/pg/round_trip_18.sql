-- What PostgreSQL 18 has besides.
CREATE TABLE virtual (a int, b int GENERATED ALWAYS AS (a * 2) VIRTUAL, c int GENERATED ALWAYS AS (a + 1));
CREATE TABLE named (
  id int CONSTRAINT must NOT NULL,
  other int CONSTRAINT named_other_not_null NOT NULL,
  third int
);
ALTER TABLE named ADD CONSTRAINT third_set NOT NULL third NOT VALID;
ALTER TABLE named RENAME COLUMN other TO another;
CREATE TABLE bookings (room int4range, at tsrange, PRIMARY KEY (room, at WITHOUT OVERLAPS));
CREATE TABLE loose (
  id int PRIMARY KEY,
  up int CONSTRAINT loosely REFERENCES loose NOT ENFORCED,
  CONSTRAINT never CHECK (id > 0) NOT ENFORCED
);
ALTER TABLE loose RENAME TO looser;
CREATE TABLE freed (id int NOT NULL, b int NOT NULL, CONSTRAINT b_set NOT NULL b);
ALTER TABLE freed DROP CONSTRAINT freed_id_not_null;
ALTER TABLE freed RENAME CONSTRAINT b_set TO b_is_set;
