"""What PostgreSQL's catalogues tell of a database, as the statements that make it.

Each question gives whole statements: the server itself writes constraints, indexes, views, routines
and triggers; names, types and options are put together in SQL. Owned by nobody here are the
server's own objects and those of extensions.
"""

# ruff: noqa: S608 - what is put into a question is of this module alone

from __future__ import annotations

_OWN = """{space}.nspname !~ '^pg_' AND {space}.nspname <> 'information_schema'
AND NOT EXISTS (SELECT FROM pg_depend e WHERE e.classid = '{of}'::regclass AND e.objid = {oid}
  AND e.deptype = 'e')"""


def _own(of: str, oid: str, space: str = "n") -> str:
    return _OWN.format(of=of, oid=oid, space=space)


_CLASS = _own("pg_class", "c.oid")
_TABLE = "format('%I.%I', n.nspname, c.relname)"
_OF_CLASS = "pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"

_SCHEMAS = f"""
SELECT format('CREATE SCHEMA %I', n.nspname) FROM pg_namespace n
WHERE n.nspname <> 'public' AND {_own("pg_namespace", "n.oid")} ORDER BY n.oid"""

_EXTENSIONS = """
SELECT format('CREATE EXTENSION %I SCHEMA %I', x.extname, n.nspname)
FROM pg_extension x JOIN pg_namespace n ON n.oid = x.extnamespace
WHERE x.extname <> 'plpgsql' ORDER BY x.oid"""

_TYPES = f"""
SELECT CASE t.typtype
  WHEN 'e' THEN format('CREATE TYPE %I.%I AS ENUM (%s)', n.nspname, t.typname,
    (SELECT string_agg(quote_literal(e.enumlabel), ', ' ORDER BY e.enumsortorder)
      FROM pg_enum e WHERE e.enumtypid = t.oid))
  WHEN 'c' THEN format('CREATE TYPE %I.%I AS (%s)', n.nspname, t.typname,
    (SELECT string_agg(format('%I %s', a.attname, format_type(a.atttypid, a.atttypmod))
        || CASE WHEN a.attcollation <> at.typcollation
          THEN format(' COLLATE %I.%I', ln.nspname, l.collname) ELSE '' END, ', ' ORDER BY a.attnum)
      FROM pg_attribute a JOIN pg_type at ON at.oid = a.atttypid
      LEFT JOIN pg_collation l ON l.oid = a.attcollation
      LEFT JOIN pg_namespace ln ON ln.oid = l.collnamespace
      WHERE a.attrelid = t.typrelid AND a.attnum > 0 AND NOT a.attisdropped))
  WHEN 'r' THEN (SELECT format('CREATE TYPE %I.%I AS RANGE (subtype = %s%s%s%s%s)',
      n.nspname, t.typname, format_type(r.rngsubtype, NULL),
      CASE WHEN o.opcdefault THEN '' ELSE format(', subtype_opclass = %I', o.opcname) END,
      CASE WHEN r.rngcollation = 0 OR r.rngcollation = st.typcollation THEN ''
        ELSE format(', collation = %I', l.collname) END,
      CASE WHEN r.rngcanonical = 0 THEN '' ELSE format(', canonical = %s', r.rngcanonical) END,
      CASE WHEN r.rngsubdiff = 0 THEN '' ELSE format(', subtype_diff = %s', r.rngsubdiff) END)
    FROM pg_range r JOIN pg_opclass o ON o.oid = r.rngsubopc
    JOIN pg_type st ON st.oid = r.rngsubtype LEFT JOIN pg_collation l ON l.oid = r.rngcollation
    WHERE r.rngtypid = t.oid)
  ELSE format('CREATE DOMAIN %I.%I AS %s%s%s%s', n.nspname, t.typname,
    format_type(t.typbasetype, t.typtypmod),
    CASE WHEN t.typcollation <> bt.typcollation
      THEN format(' COLLATE %I', (SELECT l.collname FROM pg_collation l
        WHERE l.oid = t.typcollation)) ELSE '' END,
    coalesce(' DEFAULT ' || t.typdefault, ''), CASE WHEN t.typnotnull THEN ' NOT NULL' ELSE '' END)
  END
FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
LEFT JOIN pg_class c ON c.oid = t.typrelid LEFT JOIN pg_type bt ON bt.oid = t.typbasetype
WHERE (t.typtype IN ('e', 'd', 'r') OR (t.typtype = 'c' AND c.relkind = 'c'))
  AND {_own("pg_type", "t.oid")} ORDER BY t.oid"""

_DOMAIN_CHECKS = f"""
SELECT format('ALTER DOMAIN %I.%I ADD CONSTRAINT %I %s', n.nspname, t.typname, k.conname,
  pg_get_constraintdef(k.oid))
FROM pg_constraint k JOIN pg_type t ON t.oid = k.contypid
JOIN pg_namespace n ON n.oid = t.typnamespace
WHERE k.contype = 'c' AND {_own("pg_type", "t.oid")} ORDER BY k.oid"""

_NUMBERING = """format('START WITH %s INCREMENT BY %s MINVALUE %s MAXVALUE %s CACHE %s%s',
  s.seqstart, s.seqincrement, s.seqmin, s.seqmax, s.seqcache,
  CASE WHEN s.seqcycle THEN ' CYCLE' ELSE '' END)"""

_SEQUENCES = f"""
SELECT format('CREATE SEQUENCE %s AS %s %s', {_TABLE}, format_type(s.seqtypid, NULL), {_NUMBERING})
FROM pg_sequence s JOIN {_OF_CLASS} ON c.oid = s.seqrelid
WHERE {_CLASS} AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass
  AND d.objid = c.oid AND d.deptype = 'i') ORDER BY c.oid"""

_OWNED = f"""
SELECT format('ALTER SEQUENCE %s OWNED BY %I.%I.%I', {_TABLE}, tn.nspname, t.relname, a.attname)
FROM pg_depend d JOIN {_OF_CLASS} ON c.oid = d.objid
JOIN pg_class t ON t.oid = d.refobjid JOIN pg_namespace tn ON tn.oid = t.relnamespace
JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = d.refobjsubid
WHERE d.classid = 'pg_class'::regclass AND d.refclassid = 'pg_class'::regclass AND d.deptype = 'a'
  AND c.relkind = 'S' AND {_CLASS} ORDER BY c.oid"""

_COLUMN = f"""format('%I %s', a.attname, format_type(a.atttypid, a.atttypmod))
  || CASE WHEN a.attcollation <> t.typcollation
    THEN format(' COLLATE %I.%I', ln.nspname, l.collname) ELSE '' END
  || CASE WHEN a.attgenerated <> '' THEN format(' GENERATED ALWAYS AS (%s) %s',
      pg_get_expr(d.adbin, d.adrelid),
      CASE a.attgenerated WHEN 'v' THEN 'VIRTUAL' ELSE 'STORED' END)
    WHEN a.attidentity <> '' THEN format(' GENERATED %s AS IDENTITY (SEQUENCE NAME %I.%I %s)',
      CASE a.attidentity WHEN 'a' THEN 'ALWAYS' ELSE 'BY DEFAULT' END, sn.nspname, sc.relname,
      {_NUMBERING})
    WHEN d.adbin IS NOT NULL THEN ' DEFAULT ' || pg_get_expr(d.adbin, d.adrelid) ELSE '' END
  || CASE WHEN a.attnotnull AND coalesce(nn.convalidated, true)
    THEN coalesce(' CONSTRAINT ' || quote_ident(nn.conname), '') || ' NOT NULL' ELSE '' END"""

_TABLES = f"""
WITH columns AS (SELECT a.attrelid, string_agg({_COLUMN}, ', ' ORDER BY a.attnum) AS said
  FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
  JOIN pg_type t ON t.oid = a.atttypid
  LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
  LEFT JOIN pg_collation l ON l.oid = a.attcollation
  LEFT JOIN pg_namespace ln ON ln.oid = l.collnamespace
  LEFT JOIN pg_constraint nn ON nn.conrelid = a.attrelid AND nn.contype = 'n'
    AND nn.conkey[1] = a.attnum
  LEFT JOIN pg_depend sd ON a.attidentity <> '' AND sd.refclassid = 'pg_class'::regclass
    AND sd.refobjid = a.attrelid AND sd.refobjsubid = a.attnum AND sd.deptype = 'i'
    AND sd.classid = 'pg_class'::regclass
  LEFT JOIN pg_sequence s ON s.seqrelid = sd.objid
  LEFT JOIN pg_class sc ON sc.oid = s.seqrelid LEFT JOIN pg_namespace sn ON sn.oid = sc.relnamespace
  WHERE a.attnum > 0 AND NOT a.attisdropped AND c.relkind IN ('r', 'p')
    AND (a.attislocal OR c.relispartition) GROUP BY a.attrelid)
SELECT format('CREATE %sTABLE %s (%s)%s%s%s%s',
  CASE c.relpersistence WHEN 'u' THEN 'UNLOGGED ' WHEN 't' THEN 'TEMPORARY ' ELSE '' END,
  {_TABLE}, columns.said,
  (SELECT format(' INHERITS (%s)', string_agg(format('%I.%I', pn.nspname, p.relname), ', '
      ORDER BY i.inhseqno))
    FROM pg_inherits i JOIN pg_class p ON p.oid = i.inhparent
    JOIN pg_namespace pn ON pn.oid = p.relnamespace
    WHERE i.inhrelid = c.oid AND NOT c.relispartition HAVING count(*) > 0),
  CASE WHEN c.relkind = 'p' THEN ' PARTITION BY ' || pg_get_partkeydef(c.oid) END,
  CASE WHEN am.amname <> 'heap' THEN format(' USING %I', am.amname) END,
  {{options}})
  || CASE WHEN ts.spcname IS NULL THEN '' ELSE format(' TABLESPACE %I', ts.spcname) END
FROM {_OF_CLASS} LEFT JOIN columns ON columns.attrelid = c.oid
LEFT JOIN pg_am am ON am.oid = c.relam LEFT JOIN pg_tablespace ts ON ts.oid = c.reltablespace
LEFT JOIN pg_class toast ON toast.oid = c.reltoastrelid
WHERE c.relkind IN ('r', 'p') AND {_CLASS} ORDER BY pg_table_is_visible(c.oid) DESC, c.oid"""

_OPTIONS = """(SELECT format(' WITH (%s)', string_agg(format('%s = %L',
      said.start || split_part(said.o, '=', 1), substr(said.o, strpos(said.o, '=') + 1)), ', '))
    FROM (SELECT o, '' AS start FROM unnest(c.reloptions) o
      UNION ALL SELECT o, 'toast.' FROM unnest({toast}) o) said HAVING count(*) > 0)"""

_ATTACHED = f"""
SELECT format('ALTER TABLE ONLY %I.%I ATTACH PARTITION %s %s', pn.nspname, p.relname, {_TABLE},
  pg_get_expr(c.relpartbound, c.oid))
FROM pg_inherits i JOIN {_OF_CLASS} ON c.oid = i.inhrelid
JOIN pg_class p ON p.oid = i.inhparent JOIN pg_namespace pn ON pn.oid = p.relnamespace
WHERE c.relispartition AND c.relkind IN ('r', 'p') AND {_CLASS} ORDER BY c.oid"""

_COLUMN_SETTINGS = f"""
SELECT format('ALTER TABLE ONLY %s %s', {_TABLE}, concat_ws(', ',
  CASE WHEN a.attstorage <> t.typstorage THEN format('ALTER %I SET STORAGE %s', a.attname,
    CASE a.attstorage WHEN 'p' THEN 'PLAIN' WHEN 'e' THEN 'EXTERNAL' WHEN 'm' THEN 'MAIN'
    ELSE 'EXTENDED' END) END,
  CASE to_jsonb(a) ->> 'attcompression' WHEN 'p' THEN format('ALTER %I SET COMPRESSION pglz',
    a.attname) WHEN 'l' THEN format('ALTER %I SET COMPRESSION lz4', a.attname) END,
  CASE WHEN a.attstattarget >= 0
    THEN format('ALTER %I SET STATISTICS %s', a.attname, a.attstattarget) END))
FROM pg_attribute a JOIN {_OF_CLASS} ON c.oid = a.attrelid JOIN pg_type t ON t.oid = a.atttypid
WHERE a.attnum > 0 AND NOT a.attisdropped AND c.relkind IN ('r', 'p') AND {_CLASS}
  AND (a.attstorage <> t.typstorage OR to_jsonb(a) ->> 'attcompression' IN ('p', 'l')
    OR a.attstattarget >= 0)
ORDER BY c.oid, a.attnum"""

_CONSTRAINTS = f"""
SELECT format('ALTER TABLE ONLY %s ADD CONSTRAINT %I %s', {_TABLE}, k.conname,
  pg_get_constraintdef(k.oid))
FROM pg_constraint k JOIN {_OF_CLASS} ON c.oid = k.conrelid
WHERE {_CLASS} AND c.relkind IN ('r', 'p') AND (k.contype IN ('p', 'u', 'x')
  OR (k.contype = 'c' AND (k.conislocal OR c.relispartition))
  OR (k.contype = 'f' AND k.conparentid = 0)
  OR (k.contype = 'n' AND NOT k.convalidated AND k.conislocal))
ORDER BY k.contype = 'f', k.oid"""

_INDEXES = f"""
SELECT pg_get_indexdef(i.indexrelid)
FROM pg_index i JOIN {_OF_CLASS} ON c.oid = i.indrelid JOIN pg_class x ON x.oid = i.indexrelid
WHERE (i.indisvalid OR x.relkind = 'I') AND c.relkind IN ('r', 'p', 'm') AND {_CLASS}
  AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = i.indexrelid
    AND k.contype IN ('p', 'u', 'x')) AND c.relkind {{kinds}}
ORDER BY i.indexrelid"""

_INDEX_PARTS = f"""
SELECT format('ALTER INDEX %I.%I ATTACH PARTITION %s', pn.nspname, p.relname, {_TABLE})
FROM pg_inherits i JOIN {_OF_CLASS} ON c.oid = i.inhrelid
JOIN pg_class p ON p.oid = i.inhparent JOIN pg_namespace pn ON pn.oid = p.relnamespace
WHERE c.relkind IN ('i', 'I') AND {_CLASS} ORDER BY c.oid"""

_TABLE_SETTINGS = f"""
SELECT format('ALTER TABLE ONLY %s %s', {_TABLE}, concat_ws(', ',
  CASE WHEN c.relrowsecurity THEN 'ENABLE ROW LEVEL SECURITY' END,
  CASE WHEN c.relforcerowsecurity THEN 'FORCE ROW LEVEL SECURITY' END,
  CASE c.relreplident WHEN 'f' THEN 'REPLICA IDENTITY FULL'
    WHEN 'n' THEN 'REPLICA IDENTITY NOTHING'
    WHEN 'i' THEN (SELECT format('REPLICA IDENTITY USING INDEX %I', x.relname) FROM pg_index i
      JOIN pg_class x ON x.oid = i.indexrelid WHERE i.indrelid = c.oid AND i.indisreplident) END,
  (SELECT format('CLUSTER ON %I', x.relname) FROM pg_index i
    JOIN pg_class x ON x.oid = i.indexrelid WHERE i.indrelid = c.oid AND i.indisclustered)))
FROM {_OF_CLASS}
WHERE c.relkind IN ('r', 'p') AND {_CLASS} AND (c.relrowsecurity OR c.relforcerowsecurity
  OR c.relreplident IN ('f', 'n', 'i')
  OR EXISTS (SELECT FROM pg_index i WHERE i.indrelid = c.oid AND i.indisclustered))
ORDER BY c.oid"""

_VIEWS = f"""
SELECT format('CREATE %sVIEW %s%s AS %s%s',
  CASE c.relkind WHEN 'm' THEN 'MATERIALIZED ' ELSE '' END,
  {_TABLE}, {_OPTIONS.format(toast="NULL::text[]")}, rtrim(pg_get_viewdef(c.oid), '; '),
  CASE WHEN c.relkind = 'm' AND NOT c.relispopulated THEN ' WITH NO DATA' ELSE '' END)
FROM {_OF_CLASS} WHERE c.relkind IN ('v', 'm') AND {_CLASS} ORDER BY c.oid"""

_ROUTINES = f"""
SELECT pg_get_functiondef(p.oid) FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
WHERE p.prokind IN ('f', 'p', 'w') AND {_own("pg_proc", "p.oid")}
  AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_proc'::regclass
    AND d.objid = p.oid AND d.deptype = 'i') ORDER BY p.oid"""

_AGGREGATES = f"""
SELECT format('CREATE AGGREGATE %I.%I (%s) (%s)', n.nspname, p.proname,
  pg_get_function_arguments(p.oid), concat_ws(', ', format('SFUNC = %s', g.aggtransfn::regproc),
  format('STYPE = %s', format_type(g.aggtranstype, NULL)), 'INITCOND = ' ||
  quote_literal(g.agginitval), CASE WHEN g.aggfinalfn <> 0 THEN
  format('FINALFUNC = %s', g.aggfinalfn::regproc) END))
FROM pg_aggregate g JOIN pg_proc p ON p.oid = g.aggfnoid
JOIN pg_namespace n ON n.oid = p.pronamespace
WHERE {_own("pg_proc", "p.oid")} ORDER BY p.oid"""

_TRIGGERS = f"""
SELECT pg_get_triggerdef(g.oid) FROM pg_trigger g JOIN {_OF_CLASS} ON c.oid = g.tgrelid
WHERE NOT g.tgisinternal AND g.tgparentid = 0 AND {_CLASS} ORDER BY g.oid"""

_FIRING = f"""
SELECT format('ALTER TABLE %s %s TRIGGER %I', {_TABLE}, CASE g.tgenabled WHEN 'D' THEN 'DISABLE'
  WHEN 'A' THEN 'ENABLE ALWAYS' ELSE 'ENABLE REPLICA' END, g.tgname)
FROM pg_trigger g JOIN {_OF_CLASS} ON c.oid = g.tgrelid
WHERE NOT g.tgisinternal AND g.tgparentid = 0 AND g.tgenabled <> 'O' AND {_CLASS} ORDER BY g.oid"""

_POLICIES = f"""
SELECT format('CREATE POLICY %I ON %s AS %s FOR %s TO %s%s%s', p.polname, {_TABLE},
  CASE WHEN p.polpermissive THEN 'PERMISSIVE' ELSE 'RESTRICTIVE' END,
  CASE p.polcmd WHEN 'r' THEN 'SELECT' WHEN 'a' THEN 'INSERT' WHEN 'w' THEN 'UPDATE'
    WHEN 'd' THEN 'DELETE' ELSE 'ALL' END,
  (SELECT string_agg(CASE r WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(r)) END, ', ')
    FROM unnest(p.polroles) r),
  ' USING (' || pg_get_expr(p.polqual, p.polrelid) || ')',
  ' WITH CHECK (' || pg_get_expr(p.polwithcheck, p.polrelid) || ')')
FROM pg_policy p JOIN {_OF_CLASS} ON c.oid = p.polrelid WHERE {_CLASS} ORDER BY p.oid"""

_RULES = f"""
SELECT rtrim(pg_get_ruledef(r.oid), '; ') FROM pg_rewrite r JOIN {_OF_CLASS} ON c.oid = r.ev_class
WHERE r.rulename <> '_RETURN' AND {_CLASS} ORDER BY r.oid"""

_STATISTICS = f"""
SELECT pg_get_statisticsobjdef(s.oid) FROM pg_statistic_ext s
JOIN pg_namespace n ON n.oid = s.stxnamespace
WHERE {_own("pg_statistic_ext", "s.oid")} ORDER BY s.oid"""

_EVENT_TRIGGERS = """
SELECT format('CREATE EVENT TRIGGER %I ON %s%s EXECUTE FUNCTION %s()', t.evtname, t.evtevent,
  (SELECT format(' WHEN TAG IN (%s)', string_agg(quote_literal(tag), ', '))
    FROM unnest(t.evttags) tag HAVING count(*) > 0), t.evtfoid::regproc)
FROM pg_event_trigger t WHERE NOT EXISTS (SELECT FROM pg_depend e
  WHERE e.classid = 'pg_event_trigger'::regclass AND e.objid = t.oid AND e.deptype = 'e')
ORDER BY t.oid"""

_COMMENTS = f"""
SELECT format('COMMENT ON %s %s IS %L', CASE WHEN o.objsubid > 0 THEN 'COLUMN'
    ELSE CASE c.relkind WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW'
    WHEN 'S' THEN 'SEQUENCE' WHEN 'i' THEN 'INDEX' WHEN 'I' THEN 'INDEX' WHEN 'c' THEN 'TYPE'
    ELSE 'TABLE' END END, {_TABLE} || coalesce('.' || quote_ident(a.attname), ''), o.description)
FROM pg_description o JOIN {_OF_CLASS} ON c.oid = o.objoid
LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = o.objsubid AND o.objsubid > 0
WHERE o.classoid = 'pg_class'::regclass AND {_CLASS}
UNION ALL SELECT format('COMMENT ON %s %I.%I IS %L',
  CASE t.typtype WHEN 'd' THEN 'DOMAIN' ELSE 'TYPE' END, n.nspname, t.typname, o.description)
FROM pg_description o JOIN pg_type t ON t.oid = o.objoid
JOIN pg_namespace n ON n.oid = t.typnamespace
WHERE o.classoid = 'pg_type'::regclass AND {_own("pg_type", "t.oid")}
UNION ALL SELECT format('COMMENT ON %s %I.%I(%s) IS %L', CASE p.prokind WHEN 'p' THEN 'PROCEDURE'
  WHEN 'a' THEN 'AGGREGATE' ELSE 'FUNCTION' END, n.nspname, p.proname,
  pg_get_function_identity_arguments(p.oid), o.description)
FROM pg_description o JOIN pg_proc p ON p.oid = o.objoid
JOIN pg_namespace n ON n.oid = p.pronamespace
WHERE o.classoid = 'pg_proc'::regclass AND {_own("pg_proc", "p.oid")}
UNION ALL SELECT format('COMMENT ON CONSTRAINT %I ON %s IS %L', k.conname, {_TABLE}, o.description)
FROM pg_description o JOIN pg_constraint k ON k.oid = o.objoid
JOIN {_OF_CLASS} ON c.oid = k.conrelid
WHERE o.classoid = 'pg_constraint'::regclass AND {_CLASS}
UNION ALL SELECT format('COMMENT ON TRIGGER %I ON %s IS %L', g.tgname, {_TABLE}, o.description)
FROM pg_description o JOIN pg_trigger g ON g.oid = o.objoid JOIN {_OF_CLASS} ON c.oid = g.tgrelid
WHERE o.classoid = 'pg_trigger'::regclass AND {_CLASS}
UNION ALL SELECT format('COMMENT ON POLICY %I ON %s IS %L', p.polname, {_TABLE}, o.description)
FROM pg_description o JOIN pg_policy p ON p.oid = o.objoid JOIN {_OF_CLASS} ON c.oid = p.polrelid
WHERE o.classoid = 'pg_policy'::regclass AND {_CLASS}
UNION ALL SELECT format('COMMENT ON RULE %I ON %s IS %L', r.rulename, {_TABLE}, o.description)
FROM pg_description o JOIN pg_rewrite r ON r.oid = o.objoid JOIN {_OF_CLASS} ON c.oid = r.ev_class
WHERE o.classoid = 'pg_rewrite'::regclass AND {_CLASS}
UNION ALL SELECT format('COMMENT ON STATISTICS %I.%I IS %L', n.nspname, x.stxname, o.description)
FROM pg_description o JOIN pg_statistic_ext x ON x.oid = o.objoid
JOIN pg_namespace n ON n.oid = x.stxnamespace WHERE o.classoid = 'pg_statistic_ext'::regclass
UNION ALL SELECT format('COMMENT ON SCHEMA %I IS %L', n.nspname, o.description)
FROM pg_description o JOIN pg_namespace n ON n.oid = o.objoid
WHERE o.classoid = 'pg_namespace'::regclass AND n.nspname <> 'public'
  AND {_own("pg_namespace", "n.oid")}"""

_GRANTS = f"""
SELECT format('GRANT %s%s ON %s %s TO %s%s', g.privilege_type,
  CASE WHEN s.attname IS NULL THEN '' ELSE format(' (%I)', s.attname) END,
  s.kind, s.name, CASE g.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(g.grantee))
  END, CASE WHEN g.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END)
FROM (
  SELECT CASE c.relkind WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END AS kind, {_TABLE} AS name,
    NULL::name AS attname, c.relacl AS acl, c.relowner AS owner FROM {_OF_CLASS}
  WHERE c.relkind IN ('r', 'p', 'v', 'm', 'S') AND {_CLASS}
  UNION ALL SELECT 'TABLE', {_TABLE}, a.attname, a.attacl, c.relowner
  FROM pg_attribute a JOIN {_OF_CLASS} ON c.oid = a.attrelid WHERE a.attacl IS NOT NULL AND {_CLASS}
  UNION ALL SELECT 'SCHEMA', quote_ident(n.nspname), NULL, n.nspacl, n.nspowner
  FROM pg_namespace n WHERE n.nspname <> 'public' AND {_own("pg_namespace", "n.oid")}
) s CROSS JOIN LATERAL aclexplode(s.acl) g WHERE g.grantee <> s.owner"""

QUESTIONS = (
    *(_SCHEMAS, _EXTENSIONS, _TYPES, _DOMAIN_CHECKS, _SEQUENCES),
    _TABLES.format(options=_OPTIONS.format(toast="toast.reloptions")),
    *(_OWNED, _ATTACHED, _CONSTRAINTS, _INDEXES.format(kinds="<> 'm'"), _INDEX_PARTS),
    *(_COLUMN_SETTINGS, _TABLE_SETTINGS, _ROUTINES, _AGGREGATES, _VIEWS),
    _INDEXES.format(kinds="= 'm'"),
    *(_TRIGGERS, _FIRING, _POLICIES, _RULES, _STATISTICS, _EVENT_TRIGGERS, _COMMENTS),
    _GRANTS,
)
"""In the order in which what they tell builds on one another."""
