CREATE TABLE users (
  id bigint NOT NULL AUTO_INCREMENT PRIMARY KEY,
  email varchar(50),
  name varchar(50) NOT NULL,
  age int NOT NULL DEFAULT 0,
  size enum('small', 'large') NOT NULL,
  body text,
  KEY users_name (name)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
CREATE TABLE orders (
  id bigint NOT NULL AUTO_INCREMENT PRIMARY KEY,
  user_id bigint NOT NULL,
  note varchar(200),
  words text,
  FULLTEXT KEY orders_words (words),
  CONSTRAINT orders_user FOREIGN KEY (user_id) REFERENCES users (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
