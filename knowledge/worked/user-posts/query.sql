-- The posts of one user, the newest first: quick with a thousand posts,
-- slow with a million. Which index, which columns, which paging?
SELECT * FROM posts
WHERE user_id = 123
ORDER BY created_at DESC;
