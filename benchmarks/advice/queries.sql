-- What the shop asks, with how often in a thousand requests.
-- name: customer_by_email
-- weight: 40
SELECT * FROM customers WHERE email = 'Customer4711@example.org';
-- name: customer_by_email_any_case
-- weight: 5
SELECT id, name FROM customers WHERE lower(email) = 'customer4711@example.org';
-- name: customers_of_city
SELECT id, name FROM customers WHERE country = 'DE' AND city = 'City 77';
-- name: newest_customers
SELECT id, name, created_at FROM customers ORDER BY created_at DESC LIMIT 20;
-- name: blocked_customers
SELECT id, email FROM customers WHERE status = 'blocked' ORDER BY created_at DESC LIMIT 50;
-- name: referred_by
SELECT id, name FROM customers WHERE referrer_id = 1200;
-- name: sleepers
SELECT id, email FROM customers WHERE last_login IS NULL AND newsletter AND created_at < '2021-02-01';
-- name: names_beginning
SELECT id, name FROM customers WHERE name LIKE 'Name 471%' LIMIT 10;
-- name: country_page
SELECT id, name FROM customers WHERE country = 'PL' ORDER BY name LIMIT 20;
-- name: customers_a_day
SELECT count(*) FROM customers WHERE created_at >= '2022-06-01' AND created_at < '2022-06-02';
-- name: addresses_of_customer
-- weight: 30
SELECT * FROM addresses WHERE customer_id = 4711;
-- name: shipping_address
-- weight: 20
SELECT line, zip, city FROM addresses WHERE customer_id = 4711 AND kind = 'shipping';
-- name: addresses_by_zip
SELECT id, customer_id FROM addresses WHERE country = 'DE' AND zip = '01067';
-- name: category_by_slug
-- weight: 60
SELECT * FROM categories WHERE slug = 'category-77';
-- name: product_by_sku
-- weight: 80
SELECT * FROM products WHERE sku = 'SKU-0004711';
-- name: category_page
-- weight: 60
SELECT id, name, price FROM products WHERE category_id = 77 AND status = 'live' ORDER BY price LIMIT 24;
-- name: category_newest
-- weight: 20
SELECT id, name, price FROM products WHERE category_id = 77 AND status = 'live' ORDER BY created_at DESC LIMIT 24;
-- name: brand_page
-- weight: 10
SELECT id, name FROM products WHERE brand = 'Brand 42' AND status = 'live' ORDER BY name;
-- name: price_range
SELECT id, name, price FROM products WHERE category_id = 12 AND price BETWEEN 1000 AND 1400;
-- name: low_stock
SELECT id, sku, stock FROM products WHERE stock < 3 AND status = 'live';
-- name: drafts
SELECT id, name FROM products WHERE status = 'draft' ORDER BY created_at DESC;
-- name: cheapest_then_newest
SELECT id, name FROM products ORDER BY price ASC, created_at DESC LIMIT 20;
-- name: red_ones
SELECT id, name FROM products WHERE attributes @> '{"colour": "red", "size": 9}';
-- name: product_names
SELECT id, name FROM products WHERE name LIKE 'Product 471%';
-- name: coupon_by_code
-- weight: 10
SELECT * FROM coupons WHERE code = 'CODE7919';
-- name: active_coupons
SELECT id, code FROM coupons WHERE active AND valid_to >= '2025-06-01';
-- name: orders_of_customer
-- weight: 50
SELECT id, status, total, placed_at FROM orders WHERE customer_id = 4711 ORDER BY placed_at DESC LIMIT 10;
-- name: orders_of_customer_all
-- weight: 5
SELECT * FROM orders WHERE customer_id = 4711;
-- name: open_orders
-- weight: 30
SELECT id, customer_id, placed_at FROM orders WHERE status = 'pending' ORDER BY placed_at LIMIT 50;
-- name: disputed
SELECT id, total FROM orders WHERE status = 'disputed' AND placed_at >= '2024-06-01';
-- name: unshipped
-- weight: 10
SELECT id FROM orders WHERE shipped_at IS NULL AND status = 'completed' ORDER BY paid_at;
-- name: orders_of_the_day
SELECT id, total FROM orders WHERE placed_at >= '2024-03-01' AND placed_at < '2024-03-02';
-- name: turnover_of_the_day
SELECT sum(total) FROM orders WHERE placed_at >= '2024-03-01' AND placed_at < '2024-03-02' AND currency = 'EUR';
-- name: phone_orders
SELECT id, customer_id FROM orders WHERE channel = 'phone' AND currency = 'USD' AND placed_at >= '2024-09-01';
-- name: latest_of_customer
-- weight: 20
SELECT max(placed_at) FROM orders WHERE customer_id = 815;
-- name: coupon_use
SELECT count(*) FROM orders WHERE coupon_id = 1000;
-- name: big_orders
SELECT id, total FROM orders WHERE total > 90300 ORDER BY total DESC LIMIT 20;
-- name: customer_state
-- weight: 10
SELECT id FROM orders WHERE customer_id = 4711 AND status = 'cancelled';
-- name: deep_page
SELECT id, total FROM orders WHERE (placed_at, id) < ('2024-03-01', 200000) ORDER BY placed_at DESC, id DESC LIMIT 20;
-- name: pay_order
-- weight: 25
UPDATE orders SET paid_at = '2024-10-01', status = 'completed' WHERE id = 299000;
-- name: items_of_order
-- weight: 50
SELECT product_id, quantity, price FROM order_items WHERE order_id = 12345;
-- name: returned_items
SELECT order_id, product_id FROM order_items WHERE returned AND product_id = 815;
-- name: sold_of_product
-- weight: 5
SELECT sum(quantity) FROM order_items WHERE product_id = 4711;
-- name: bought_together
SELECT b.product_id, count(*) FROM order_items a JOIN order_items b ON b.order_id = a.order_id WHERE a.product_id = 4711 GROUP BY b.product_id ORDER BY count(*) DESC LIMIT 5;
-- name: order_with_items
-- weight: 20
SELECT o.id, o.total, i.product_id, i.quantity FROM orders o JOIN order_items i ON i.order_id = o.id WHERE o.customer_id = 4711 AND o.placed_at >= '2024-01-01';
-- name: buyers_of_product
SELECT DISTINCT o.customer_id FROM order_items i JOIN orders o ON o.id = i.order_id WHERE i.product_id = 815;
-- name: payment_of_order
-- weight: 30
SELECT * FROM payments WHERE order_id = 12345;
-- name: payment_by_reference
-- weight: 30
SELECT id, status FROM payments WHERE provider = 'card' AND reference = 'c4ca4238a0b923820dcc509a6f75849b';
-- name: failed_payments
SELECT id, order_id FROM payments WHERE status = 'failed' ORDER BY created_at DESC LIMIT 20;
-- name: payments_between
SELECT provider, sum(amount) FROM payments WHERE created_at >= '2024-03-01' AND created_at < '2024-03-02' GROUP BY provider;
-- name: reviews_of_product
-- weight: 60
SELECT rating, title, body FROM reviews WHERE product_id = 4711 AND approved ORDER BY created_at DESC LIMIT 10;
-- name: rating_of_product
-- weight: 60
SELECT avg(rating), count(*) FROM reviews WHERE product_id = 4711 AND approved;
-- name: reviews_to_approve
SELECT id, title FROM reviews WHERE NOT approved ORDER BY created_at LIMIT 50;
-- name: reviews_of_customer
SELECT id, title FROM reviews WHERE customer_id = 4711 ORDER BY created_at DESC;
-- name: has_reviewed
-- weight: 20
SELECT EXISTS (SELECT 1 FROM reviews WHERE customer_id = 4711 AND product_id = 815);
-- name: bad_reviews
SELECT id, product_id FROM reviews WHERE rating = 1 AND created_at >= '2024-05-01' ORDER BY created_at DESC LIMIT 20;
-- name: events_of_session
-- weight: 40
SELECT kind, path, occurred_at FROM events WHERE session = 'c4ca4238a0b923820dcc509a6f75849b' ORDER BY occurred_at;
-- name: events_of_customer
-- weight: 10
SELECT kind, path FROM events WHERE customer_id = 4711 AND occurred_at >= '2024-11-01' ORDER BY occurred_at DESC LIMIT 50;
-- name: errors
-- weight: 5
SELECT id, path, occurred_at FROM events WHERE kind = 'error' ORDER BY occurred_at DESC LIMIT 100;
-- name: checkouts_a_day
SELECT count(*) FROM events WHERE kind = 'checkout' AND occurred_at >= '2024-10-01' AND occurred_at < '2024-10-02';
-- name: views_of_path
SELECT count(*) FROM events WHERE path = '/p/815' AND kind = 'view';
-- name: latest_events
SELECT id, kind FROM events ORDER BY occurred_at DESC LIMIT 20;
-- name: customers_without_orders
SELECT c.id FROM customers c WHERE c.created_at >= '2023-11-01' AND NOT EXISTS (SELECT 1 FROM orders o WHERE o.customer_id = c.id);
-- name: customer_or_email
SELECT id FROM customers WHERE email = 'x@example.org' OR name = 'Name 77';
-- name: two_states
SELECT id, placed_at FROM orders WHERE status IN ('pending', 'disputed') AND customer_id = 7 ORDER BY placed_at DESC LIMIT 10;
-- name: products_of_slug
-- weight: 10
SELECT p.id, p.name FROM categories c JOIN products p ON p.category_id = c.id WHERE c.slug = 'category-12' AND p.status = 'live' ORDER BY p.price LIMIT 24;
-- name: expire_events
DELETE FROM events WHERE occurred_at < '2024-01-02';
-- name: drop_customer
DELETE FROM customers WHERE id = 4711;
