"""Lines that services in Spring Boot stand on, each with one that no longer holds."""

from __future__ import annotations

from pathlib import Path

from be_tui.core.locations import knowledge_dir

SHOP = Path(knowledge_dir(), "specs", "shop.yaml").read_text(encoding="utf-8")
NEAR = """\
service: near
resources:
  thing:
    fields: {name: {type: text, min: 1, max: 60}}
    allow: {read: anyone, write: anyone}
  counter:
    key: integer
    fields:
      thing: {type: reference, to: thing, on_delete: cascade}
      before: {type: reference, to: counter, nullable: true, on_delete: set-null}
      up: {type: integer, default: 0}
    allow: {read: anyone, write: anyone}
"""
"""Without accounts, and with a key that is a number."""

OPTIONS = frozenset({"cache", "jobs", "graphql"})

Break = tuple[str, str, str, str]
"""A file, a line of it, one that no longer holds, and the test that says so."""

TABLES = "tables"
"""What stands for the first migration, whatever it is called."""

RIGHTS: list[Break] = [
    (
        "orders/OrderAccess.java",
        "return caller.account().equals(orderRow.getCustomerId());",
        "return true;",
        "OrderApiTest#letsNobodyDoWhatTheyMayNot",
    ),
    (
        "orders/OrderAccess.java",
        'return caller != null && caller.hasRole("admin");',
        "return caller != null;",
        "OrderApiTest#letsNobodyDoWhatTheyMayNot",
    ),
    (
        "orders/OrderAccess.java",
        "return (row, query, builder) -> owned(row, query, builder, caller.account());",
        "return (row, query, builder) -> builder.conjunction();",
        "OrderApiTest#listsOnlyWhatIsOnesOwn",
    ),
    (
        "orderlines/OrderLineAccess.java",
        "&& !parents.isOwnedBy(parent, caller)",
        "&& false",
        "OrderLineApiTest#letsNobodyDoWhatTheyMayNot",
    ),
    (
        "orderlines/OrderLineAccess.java",
        'return row.get("orderId").in(parents);',
        "return builder.conjunction();",
        "OrderLineApiTest#listsOnlyWhatIsOnesOwn",
    ),
    (
        "products/ProductAccess.java",
        'if (!caller.hasRole("seller", "admin")) {',
        "if (false) {",
        "ProductApiTest#letsNobodyDoWhatTheyMayNot",
    ),
    (
        "users/UserAccess.java",
        'throw Problem.forbidden("You may not list users.");',
        "return (row, query, builder) -> builder.conjunction();",
        "UserApiTest#letsNobodyDoWhatTheyMayNot",
    ),
    (
        "users/UserService.java",
        "        access.requireCreate(caller);\n        if (body.role().isSent() &&",
        "        access.requireCreate(caller);\n        if (false &&",
        "UserApiTest#letsOnlySomeSetRole",
    ),
    (
        "users/UserService.java",
        "        User user = changeable(caller, id);\n        if (body.role().isSent() &&",
        "        User user = changeable(caller, id);\n        if (false &&",
        "UserApiTest#letsOnlySomeChangeRole",
    ),
    (
        "payments/PaymentAnswer.java",
        "Instant updatedAt) {",
        "Instant updatedAt) {\n@JsonProperty String reference() {\nreturn amount;\n}\n",
        "PaymentApiTest#tellsNothingThatIsPrivate",
    ),
]
"""Who may do what with which rows."""

CONSTRAINTS: list[Break] = [
    (
        "products/ProductCreate.java",
        "@Characters(min = 3, max = 32)",
        "@Characters(min = 2, max = 32)",
        "ProductApiTest#refusesWhatAMemberCannotBe",
    ),
    (
        "products/ProductPatch.java",
        "@Characters(min = 3, max = 32)",
        "@Characters(min = 3, max = 33)",
        "ProductApiTest#changesNoMemberToWhatItCannotBe",
    ),
    (
        "products/ProductReplace.java",
        "@Max(1000000)",
        "@Max(1000001)",
        "ProductApiTest#setsNoMemberToWhatItCannotBe",
    ),
    (
        "orderlines/OrderLineCreate.java",
        "@Max(1000)",
        "@Max(1001)",
        "OrderLineApiTest#refusesWhatAMemberCannotBe",
    ),
    (
        "platform/web/JsonConfiguration.java",
        "builder.enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)",
        "builder.disable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)",
        "ProductApiTest#refusesBodiesThatSayAMemberTwice",
    ),
    (
        TABLES,
        "CHECK (quantity BETWEEN 1 AND 1000)",
        "CHECK (quantity BETWEEN 1 AND 1001)",
        "OrderLineApiTest#isHeldToItsBoundsByTheDatabaseToo",
    ),
    (
        TABLES,
        "CONSTRAINT payments_reference_key UNIQUE (reference),",
        "",
        "PaymentApiTest#keepsNoTwoOfTheSameReference",
    ),
    (
        TABLES,
        "CONSTRAINT order_lines_order_id_product_id_key UNIQUE (order_id, product_id),",
        "",
        "OrderLineApiTest#keepsNoTwoOfWhatIsThereOnce",
    ),
    (
        TABLES,
        "ON products (sku) WHERE deleted_at IS NULL",
        "ON products (sku)",
        "ProductApiTest#leavesToOthersWhatADeletedRowHadAsSku",
    ),
    (
        TABLES,
        "REFERENCES orders (id) ON DELETE RESTRICT",
        "REFERENCES orders (id) ON DELETE CASCADE",
        "PaymentApiTest#keepsWhatItRefersToByOrderId",
    ),
    (
        "platform/database/References.java",
        "key != null && !rows.existsById(key)",
        "false",
        "OrderLineApiTest#refersToNoDeletedRowByProductId",
    ),
    (
        "products/Product.java",
        '@SQLRestriction("deleted_at IS NULL")',
        "",
        "ProductApiTest#deletesARowThatIsFoundNoMore",
    ),
]
"""What values may be and what is there once, in the service and in the database."""

LIMITS: list[Break] = [
    (
        "orders/OrderQuery.java",
        "@Max(100)",
        "@Max(101)",
        "OrderApiTest#refusesListsThatCannotBeAskedFor",
    ),
    (
        "orders/OrderFinder.java",
        "USUAL_LIMIT = 20",
        "USUAL_LIMIT = 21",
        "OrderApiTest#givesSoManyRowsAsAreUsual",
    ),
    (
        "platform/web/RequestFilter.java",
        "body.length > largestBody",
        "false",
        "PlatformTest#refusesBodiesThatAreTooLarge",
    ),
    (
        "platform/web/RateLimits.java",
        "probe.isConsumed(),",
        "true,",
        "RateLimitsTest#tellsWhenToGoOnOnceTheShareIsUsedUp",
    ),
    (
        "platform/web/RateLimits.java",
        "request.getRequestURI().equals(SIGN_IN)",
        "false",
        "RateLimitsTest#letsNobodyTryPasswordsAsOftenAsTheyLike",
    ),
    (
        "platform/web/RateLimits.java",
        "int at = hops.size() - trustedProxies;",
        "int at = 0;",
        "RateLimitsTest#believesOnlyTheProxiesThatItTrusts",
    ),
    (
        "platform/database/Paging.java",
        "builder.lessThan(id, at.key())",
        "builder.lessThanOrEqualTo(id, at.key())",
        "OrderApiTest#goesOnWhereItWasWhateverCameMeanwhile",
    ),
    (
        "platform/database/Paging.java",
        'sort.equals(parts.get(0).asString(""))',
        "true",
        "OrderApiTest#findsNoPositionInACursorOfAnotherOrder",
    ),
]
"""How much is told at once, and how often somebody may ask."""

SAFETY: list[Break] = [
    (
        "sessions/RefreshTokens.java",
        "AND used_at IS NULL ",
        "",
        "SessionApiTest#endsTheSessionWhereARefreshTokenIsSentAgain",
    ),
    (
        "sessions/RefreshTokens.java",
        " AND expires_at > :now",
        "",
        "SessionApiTest#takesNoRefreshTokenWhoseTimeIsUp",
    ),
    (
        "sessions/Sessions.java",
        "if (next.isEmpty()) {",
        "if (false) {",
        "SessionApiTest#endsTheSessionWhereARefreshTokenIsSentAgain",
    ),
    ("platform/security/Tokens.java", "timestamps(),", "", "TokensTest#areGoodUntilTheirTimeIsUp"),
    (
        "platform/security/Tokens.java",
        "new JwtTypeValidator(TYPE),",
        "",
        "TokensTest#areNotTakenFromOthers",
    ),
    (
        "platform/security/Passwords.java",
        "boolean same = argon2.matches(password, hash == null ? nobodys : hash);",
        "boolean same = true;",
        "SessionApiTest#tellsNobodyWhetherItWasTheLoginOrThePassword",
    ),
    (
        "platform/web/EntityTags.java",
        "if (!ifMatch.equals(of(version))) {",
        "if (false) {",
        "OrderApiTest#losesNoChangeOfAnother",
    ),
    (
        "platform/idempotency/Idempotency.java",
        "if (!kept.fingerprint().equals(fingerprint)) {",
        "if (false) {",
        "OrderApiTest#refusesAKeyThatWasSentWithAnotherRequest",
    ),
    (
        "platform/idempotency/Idempotency.java",
        'String scope = caller + " " + ',
        "String scope = ",
        "OrderApiTest#tellsNobodyWhatAnotherWasAnsweredForTheirKey",
    ),
]
"""Sessions, tokens, versions of rows, and requests that are carried out once."""

WITH_OPTIONS: list[Break] = [
    (
        "orderlines/OrderLineService.java",
        "                .filter(kept -> access.mayRead(caller, kept))\n",
        "",
        "OrderLineCacheTest#judgesAnewWhoMaySeeWhatIsKept",
    ),
    (
        "orders/OrderService.java",
        "cache.changed(OrderKept.SPACE, orderRow.getId());",
        "",
        "OrderCacheTest#tellsOfAChangeAtOnce",
    ),
    (
        "platform/jobs/JobRunner.java",
        "event.attempts() >= limits.attempts()",
        "false",
        "JobsTest#leavesToPeopleWhatFailedTheLastTime",
    ),
    (
        "platform/graphql/GraphqlBounds.java",
        "size.depth() > depth",
        "false",
        "GraphqlTest#boundsHowDeepADocumentIsAndHowManyRowsItTellsOf",
    ),
    (
        "platform/graphql/GraphqlBounds.java",
        "size.cost() > cost",
        "false",
        "GraphqlTest#boundsWhatADocumentMayAskFor",
    ),
    (
        "platform/graphql/GraphqlBounds.java",
        "size.fields() > MOST_ROOTS",
        "false",
        "GraphqlTest#boundsWhatADocumentMayAskFor",
    ),
    (
        "platform/graphql/GraphqlBounds.java",
        "size.introspects() && !introspection",
        "false",
        "GraphqlTest#tellsTheSchemaOnlyWhereThatIsSwitchedOn",
    ),
    (
        "platform/graphql/GraphqlSize.java",
        'type.getFieldDefinition("pageInfo") == null ? USUAL_PAGE : 1',
        'type.getFieldDefinition("pageInfo") == null ? 1 : 1',
        "GraphqlTest#boundsHowManyRowsLinksLeadTo",
    ),
    (
        "platform/graphql/GraphqlCall.java",
        "count.run();",
        "",
        "RateLimitsTest#countsEachFieldAtTheTopOfADocument",
    ),
]
"""What options add."""

WITHOUT_ACCOUNTS: list[Break] = [
    (
        "platform/cache/RowCache.java",
        "open.fill(key, value, spread(",
        "open.put(List.of(key), value, spread(",
        "RowCacheTest#keepsNothingThatWasReadBeforeAChange",
    ),
    (
        "platform/jobs/Outbox.java",
        "Propagation.MANDATORY",
        "Propagation.REQUIRES_NEW",
        "JobsTest#keepsNoEventOfAChangeThatWasTakenBack",
    ),
    (
        "platform/jobs/JobQueue.java",
        "FOR UPDATE SKIP LOCKED",
        "FOR UPDATE",
        "JobsTest#passesOverWhatAnotherIsTaking",
    ),
    (
        "platform/jobs/JobQueue.java",
        "AND (locked_until IS NULL OR locked_until <= now())",
        "AND true",
        "JobsTest#leavesToAnotherWhatOneHasUntilItsTimeIsUp",
    ),
    (
        "platform/graphql/GraphqlValues.java",
        "MOST_AT_ONCE = 1000",
        "MOST_AT_ONCE = 1",
        "CounterGraphqlTest#asksOnceForAllTheRowsThatAPageLeadsTo",
    ),
    (
        "platform/graphql/GraphqlSize.java",
        "Math.min(MOST, 1 + times * cost)",
        "Math.min(MOST, 1 + Math.min(times, 1) * cost)",
        "GraphqlTest#boundsHowDeepADocumentIsAndHowManyRowsItTellsOf",
    ),
]
"""The same where nobody signs in, and keys are numbers."""

BROKEN = [
    (SHOP, [*RIGHTS, *CONSTRAINTS, *LIMITS, *SAFETY, *WITH_OPTIONS]),
    (NEAR, WITHOUT_ACCOUNTS),
]
"""Specs, each with what is broken in its service."""
