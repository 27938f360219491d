-- The posts of one user, the newest first. It was quick with a thousand posts;
-- with a million it reads all of them. Which index, which columns, which paging?
SELECT * FROM posts
WHERE user_id = 123
ORDER BY created_at DESC;
