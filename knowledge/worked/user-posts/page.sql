-- What a screen shows of them: the columns that it needs, and one page.
SELECT id, title, created_at FROM posts
WHERE user_id = 123
ORDER BY created_at DESC
LIMIT 20
