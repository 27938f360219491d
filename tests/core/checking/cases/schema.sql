CREATE TABLE users (
  id bigint PRIMARY KEY,
  email varchar(80) NOT NULL,
  name varchar(80),
  phone varchar(20),
  manager_id bigint,
  active boolean NOT NULL,
  created_at timestamp NOT NULL
);
CREATE UNIQUE INDEX users_email ON users (email);
CREATE INDEX users_phone ON users (phone);
CREATE INDEX users_created ON users (created_at);
CREATE INDEX users_manager ON users (manager_id);
CREATE TABLE posts (
  id bigint PRIMARY KEY,
  user_id bigint NOT NULL REFERENCES users (id),
  author_id bigint REFERENCES users (id),
  title varchar(200) NOT NULL,
  status varchar(20) NOT NULL,
  score int NOT NULL,
  data json,
  created_at timestamp NOT NULL
);
CREATE INDEX posts_user ON posts (user_id, created_at);
CREATE INDEX posts_score ON posts (score);
CREATE INDEX posts_author ON posts (author_id);
CREATE TABLE tags (post_id bigint NOT NULL REFERENCES posts (id), label varchar(40) NOT NULL, PRIMARY KEY (post_id, label));
CREATE TABLE codes (code varchar(10) PRIMARY KEY, meaning varchar(80) NOT NULL);
CREATE VIEW people AS SELECT id, name FROM users;
CREATE TYPE moods AS ENUM ('sad', 'ok');
CREATE TABLE feelings (id bigint PRIMARY KEY, mood moods NOT NULL);
CREATE TABLE orders (
  id bigint PRIMARY KEY,
  state varchar(20) NOT NULL CHECK (state IN ('open', 'paid')),
  size ENUM('small', 'large') NOT NULL,
  note varchar(80)
);
CREATE TABLE settings (only_one varchar(1) PRIMARY KEY CHECK (only_one = 'x'), theme varchar(20));
CREATE TABLE only_row (size bigint NOT NULL);
CREATE UNIQUE INDEX only_row_one ON only_row ((size IS NOT NULL));
CREATE TABLE counted (id bigint PRIMARY KEY, a bigserial NOT NULL);
CREATE TABLE labels (id bigint PRIMARY KEY, words varchar(20)[] NOT NULL);
CREATE TABLE devices (id bigint PRIMARY KEY, public_key blob NOT NULL);
CREATE TABLE pictures (id bigint PRIMARY KEY, content blob NOT NULL);
CREATE INDEX labels_words ON labels USING gin (words);
