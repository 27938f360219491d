"""How MariaDB and MySQL alter a table: the cheapest algorithm and lock that the server takes."""
