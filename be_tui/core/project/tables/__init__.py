"""The database's tables, as SQL files, Prisma schemas or an ORM's classes declare them."""
