-- A shop: what the queries of `queries.sql` are asked of. Keys only; no index besides.
CREATE TABLE customers (
  id bigint PRIMARY KEY, email text NOT NULL, name text NOT NULL, country text NOT NULL,
  city text NOT NULL, status text NOT NULL, referrer_id bigint REFERENCES customers (id),
  newsletter boolean NOT NULL, created_at timestamp NOT NULL, last_login timestamp
);
CREATE TABLE addresses (
  id bigint PRIMARY KEY, customer_id bigint NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
  kind text NOT NULL, line text NOT NULL, zip text NOT NULL, city text NOT NULL, country text NOT NULL
);
CREATE TABLE categories (
  id int PRIMARY KEY, parent_id int REFERENCES categories (id), slug text NOT NULL, name text NOT NULL
);
CREATE TABLE products (
  id bigint PRIMARY KEY, sku text NOT NULL, name text NOT NULL, brand text NOT NULL,
  category_id int NOT NULL REFERENCES categories (id), price int NOT NULL, status text NOT NULL,
  stock int NOT NULL, created_at timestamp NOT NULL, attributes jsonb NOT NULL
);
CREATE TABLE coupons (
  id int PRIMARY KEY, code text NOT NULL, percent int NOT NULL, active boolean NOT NULL,
  valid_from date NOT NULL, valid_to date NOT NULL
);
CREATE TABLE orders (
  id bigint PRIMARY KEY, customer_id bigint NOT NULL REFERENCES customers (id), status text NOT NULL,
  total int NOT NULL, currency text NOT NULL, channel text NOT NULL, placed_at timestamp NOT NULL,
  paid_at timestamp, shipped_at timestamp, coupon_id int REFERENCES coupons (id)
);
CREATE TABLE order_items (
  id bigint PRIMARY KEY, order_id bigint NOT NULL REFERENCES orders (id) ON DELETE CASCADE,
  product_id bigint NOT NULL REFERENCES products (id), quantity int NOT NULL, price int NOT NULL,
  returned boolean NOT NULL
);
CREATE TABLE payments (
  id bigint PRIMARY KEY, order_id bigint NOT NULL REFERENCES orders (id), provider text NOT NULL,
  reference text NOT NULL, status text NOT NULL, amount int NOT NULL, created_at timestamp NOT NULL
);
CREATE TABLE reviews (
  id bigint PRIMARY KEY, product_id bigint NOT NULL REFERENCES products (id),
  customer_id bigint NOT NULL REFERENCES customers (id), rating int NOT NULL, title text NOT NULL,
  body text NOT NULL, approved boolean NOT NULL, created_at timestamp NOT NULL
);
CREATE TABLE events (
  id bigint PRIMARY KEY, customer_id bigint, kind text NOT NULL, path text NOT NULL,
  session text NOT NULL, occurred_at timestamp NOT NULL
);
