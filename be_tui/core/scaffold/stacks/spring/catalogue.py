"""The classes that generated code may name, each with where it is from."""

from __future__ import annotations

_FROM = {
    "com.fasterxml.jackson.annotation": "JsonProperty JsonValue",
    "com.github.benmanes.caffeine.cache": "Caffeine LoadingCache",
    "com.nimbusds.jose": "JOSEObjectType",
    "com.nimbusds.jose.jwk.source": "ImmutableSecret",
    "com.nimbusds.jose.proc": "DefaultJOSEObjectTypeVerifier",
    "com.zaxxer.hikari": "HikariConfig HikariDataSource",
    "graphql": "ExecutionInput ExecutionResult GraphQL GraphQLContext GraphQLError",
    "graphql.execution": (
        "AbortExecutionException CoercedVariables DataFetcherExceptionHandler"
        " DataFetcherExceptionHandlerParameters DataFetcherExceptionHandlerResult ExecutionContext"
    ),
    "graphql.execution.instrumentation": (
        "InstrumentationContext InstrumentationState SimplePerformantInstrumentation"
    ),
    "graphql.execution.instrumentation.parameters": "InstrumentationExecuteOperationParameters",
    "graphql.language": (
        "ArrayValue BooleanValue FloatValue FragmentDefinition FragmentSpread InlineFragment"
        " IntValue NullValue ObjectValue SelectionSet StringValue VariableReference"
    ),
    "graphql.parser": "ParserOptions",
    "graphql.schema": (
        "Coercing CoercingParseLiteralException CoercingParseValueException DataFetcher"
        " DataFetchingEnvironment GraphQLFieldDefinition GraphQLObjectType GraphQLScalarType"
        " GraphQLSchema GraphQLTypeUtil"
    ),
    "graphql.schema.idl": (
        "RuntimeWiring SchemaGenerator SchemaParser SchemaPrinter UnExecutableSchemaGenerator"
    ),
    "io.lettuce.core": (
        "ClientOptions LettuceFutures RedisClient RedisFuture RedisURI SetArgs SocketOptions"
        " TimeoutOptions"
    ),
    "io.lettuce.core.api": "StatefulRedisConnection",
    "io.lettuce.core.api.async": "RedisAsyncCommands",
    "io.lettuce.core.resource": "ClientResources",
    "io.micrometer.core.instrument": "MeterRegistry",
    "io.micrometer.core.instrument.simple": "SimpleMeterRegistry",
    "io.github.bucket4j": "Bandwidth Bucket ConsumptionProbe",
    "io.micrometer.observation": "ObservationPredicate",
    "jakarta.persistence": (
        "CollectionTable Column ElementCollection Entity EntityManager EntityManagerFactory"
        " EnumType Enumerated EnumeratedValue GeneratedValue GenerationType Id JoinColumn"
        " MappedSuperclass Table Version"
    ),
    "jakarta.persistence.criteria": (
        "AbstractQuery CriteriaBuilder CriteriaQuery Expression From Nulls Path Predicate Root"
        " Subquery"
    ),
    "jakarta.servlet": (
        "Filter FilterChain ReadListener ServletException ServletInputStream ServletRequest"
        " ServletResponse"
    ),
    "jakarta.servlet.http": "HttpServletRequest HttpServletRequestWrapper HttpServletResponse",
    "jakarta.validation": (
        "Validation ValidatorFactory "
        "Constraint ConstraintValidator ConstraintValidatorContext ConstraintViolation Payload"
        " Valid Validator"
    ),
    "jakarta.validation.constraints": (
        "DecimalMax DecimalMin Max Min NotBlank NotNull Pattern Positive Size"
    ),
    "jakarta.validation.valueextraction": "ExtractedValue ValueExtractor",
    "java.io": (
        "BufferedReader ByteArrayInputStream IOException InputStream InputStreamReader"
        " UncheckedIOException"
    ),
    "java.lang.annotation": "Documented ElementType Retention RetentionPolicy Target",
    "java.lang.reflect": "Constructor InvocationTargetException RecordComponent Type",
    "java.math": "BigDecimal BigInteger RoundingMode",
    "java.net": "URI URLDecoder URLEncoder",
    "java.net.http": "HttpClient HttpRequest HttpResponse",
    "java.nio.charset": "StandardCharsets",
    "java.security": "GeneralSecurityException MessageDigest SecureRandom",
    "java.sql": "SQLException Timestamp",
    "java.time": (
        "Clock DateTimeException Duration Instant LocalDate LocalDateTime LocalTime"
        " OffsetDateTime ZoneOffset"
    ),
    "java.time.temporal": "ChronoUnit",
    "java.util": (
        "ArrayList Arrays Base64 Collection Collections Comparator HashMap HashSet HexFormat"
        " LinkedHashMap LinkedHashSet List Locale Map Objects Optional Set StringJoiner TreeMap"
        " TreeSet UUID"
    ),
    "java.util.concurrent": (
        "CancellationException CompletableFuture CompletionException ConcurrentHashMap"
        " CountDownLatch ExecutionException ExecutorService Executors TimeUnit TimeoutException"
    ),
    "java.util.concurrent.atomic": "AtomicInteger AtomicLong",
    "java.util.concurrent.locks": "ReentrantLock",
    "java.util.function": "BiConsumer Consumer Function IntFunction Supplier UnaryOperator",
    "java.util.random": "RandomGenerator",
    "java.util.regex": "Matcher",
    "java.util.stream": "Collectors IntStream Stream",
    "javax.crypto": "Mac SecretKey",
    "javax.crypto.spec": "SecretKeySpec",
    "javax.sql": "DataSource",
    "org.apache.catalina.connector": "Request Response",
    "org.apache.catalina.valves": "ValveBase",
    "org.apache.tomcat.util.buf": "EncodedSolidusHandling",
    "org.apache.tomcat.util.http": "InvalidParameterException",
    "org.dataloader": (
        "DataLoader DataLoaderFactory DataLoaderOptions DataLoaderRegistry MappedBatchLoader"
    ),
    "org.hibernate": "SessionFactory",
    "org.hibernate.annotations": "BatchSize DynamicUpdate JdbcTypeCode SQLRestriction",
    "org.hibernate.exception": "ConstraintViolationException",
    "org.hibernate.type": "SqlTypes",
    "org.hibernate.validator.constraints": "UniqueElements",
    "org.hibernate.validator.constraints.time": "DurationMin",
    "org.jspecify.annotations": "NullMarked Nullable",
    "org.junit.jupiter.api": "AfterEach BeforeEach DisplayName Test",
    "org.junit.jupiter.params": "ParameterizedTest",
    "org.junit.jupiter.params.provider": "Arguments MethodSource ValueSource",
    "org.slf4j": "Logger LoggerFactory MDC",
    "org.springframework.beans.factory": "ObjectProvider",
    "org.springframework.beans.factory.annotation": "Autowired Qualifier",
    "org.springframework.boot": "ApplicationArguments ApplicationRunner SpringApplication",
    "org.springframework.boot.autoconfigure": "SpringBootApplication",
    "org.springframework.boot.context.properties": (
        "ConfigurationProperties ConfigurationPropertiesScan EnableConfigurationProperties"
    ),
    "org.springframework.boot.context.properties.bind": "DefaultValue",
    "org.springframework.boot.jackson.autoconfigure": "JsonMapperBuilderCustomizer",
    "org.springframework.boot.test.context": "SpringBootTest TestConfiguration",
    "org.springframework.boot.test.web.server": "LocalServerPort",
    "org.springframework.boot.tomcat.servlet": "TomcatServletWebServerFactory",
    "org.springframework.boot.web.server": "WebServerFactoryCustomizer",
    "org.springframework.boot.web.servlet": "FilterRegistrationBean",
    "org.springframework.boot.context.event": "ApplicationReadyEvent",
    "org.springframework.context": "ConfigurableApplicationContext SmartLifecycle",
    "org.springframework.context.event": "EventListener",
    "org.springframework.context.annotation": "Bean Configuration Profile",
    "org.springframework.core": "MethodParameter Ordered",
    "org.springframework.core.io": "ClassPathResource",
    "org.springframework.dao": (
        "DataAccessException DataAccessResourceFailureException DataIntegrityViolationException"
        " OptimisticLockingFailureException PessimisticLockingFailureException"
        " QueryTimeoutException TransientDataAccessException"
    ),
    "org.springframework.data.jpa.domain": "Specification",
    "org.springframework.data.jpa.repository": "JpaRepository JpaSpecificationExecutor",
    "org.springframework.data.repository": "CrudRepository",
    "org.springframework.http": (
        "HttpHeaders HttpInputMessage HttpMethod HttpStatus HttpStatusCode"
        " InvalidMediaTypeException MediaType ResponseEntity"
    ),
    "org.springframework.http.converter": (
        "HttpMessageConversionException HttpMessageConverter HttpMessageNotReadableException"
    ),
    "org.springframework.jdbc": "CannotGetJdbcConnectionException",
    "org.springframework.jdbc.core.simple": "JdbcClient",
    "org.springframework.scheduling.annotation": "EnableScheduling Scheduled",
    "org.springframework.security.authentication": (
        "AbstractAuthenticationToken AuthenticationServiceException"
    ),
    "org.springframework.security.config.annotation.web.builders": "HttpSecurity",
    "org.springframework.security.config.annotation.web.configurers": "AbstractHttpConfigurer",
    "org.springframework.security.config.http": "SessionCreationPolicy",
    "org.springframework.security.core": "AuthenticationException",
    "org.springframework.security.core.authority": "SimpleGrantedAuthority",
    "org.springframework.security.core.context": "SecurityContextHolder",
    "org.springframework.security.crypto.argon2": "Argon2PasswordEncoder",
    "org.springframework.security.oauth2.core": (
        "DelegatingOAuth2TokenValidator OAuth2AuthenticationException OAuth2TokenValidator"
    ),
    "org.springframework.security.oauth2.jose.jws": "MacAlgorithm",
    "org.springframework.security.oauth2.jwt": (
        "JwsHeader Jwt JwtAudienceValidator JwtClaimNames JwtClaimValidator JwtClaimsSet"
        " JwtDecoder JwtEncoder JwtEncoderParameters JwtIssuerValidator JwtTimestampValidator"
        " JwtTypeValidator NimbusJwtDecoder NimbusJwtEncoder"
    ),
    "org.springframework.security.oauth2.server.resource": "InvalidBearerTokenException",
    "org.springframework.security.web": "SecurityFilterChain",
    "org.springframework.security.web.firewall": (
        "HttpFirewall RequestRejectedException RequestRejectedHandler StrictHttpFirewall"
    ),
    "org.springframework.stereotype": "Component Repository Service",
    "org.springframework.test.context": (
        "ActiveProfiles DynamicPropertyRegistrar TestPropertySource"
    ),
    "org.springframework.transaction": (
        "CannotCreateTransactionException PlatformTransactionManager TransactionSystemException"
        " TransactionTimedOutException"
    ),
    "org.springframework.transaction.annotation": "Transactional",
    "org.springframework.transaction.support": (
        "TransactionOperations TransactionSynchronization TransactionSynchronizationManager"
        " TransactionTemplate"
    ),
    "org.springframework.validation.annotation": "Validated",
    "org.springframework.web": (
        "HttpMediaTypeException HttpMediaTypeNotSupportedException"
        " HttpRequestMethodNotSupportedException"
    ),
    "org.springframework.web.bind": "MissingServletRequestParameterException",
    "org.springframework.web.bind.annotation": (
        "DeleteMapping ExceptionHandler GetMapping PatchMapping PathVariable PostMapping"
        " PutMapping RequestBody RequestHeader RequestMapping ResponseStatus RestController"
        " RestControllerAdvice"
    ),
    "org.springframework.web.bind.support": "WebDataBinderFactory",
    "org.springframework.web.context.request": "NativeWebRequest",
    "org.springframework.web.cors": (
        "CorsConfiguration DefaultCorsProcessor UrlBasedCorsConfigurationSource"
    ),
    "org.springframework.web.filter": "CorsFilter OncePerRequestFilter",
    "org.springframework.web.method.annotation": "MethodArgumentTypeMismatchException",
    "org.springframework.web.method.support": "HandlerMethodArgumentResolver ModelAndViewContainer",
    "org.springframework.web.servlet": "NoHandlerFoundException",
    "org.springframework.web.servlet.config.annotation": (
        "ContentNegotiationConfigurer WebMvcConfigurer"
    ),
    "org.springframework.web.servlet.mvc.method.annotation": (
        "RequestBodyAdviceAdapter RequestMappingHandlerMapping"
    ),
    "org.springframework.web.servlet.resource": "NoResourceFoundException",
    "org.springframework.web.util": "ServletRequestPathUtils",
    "tools.jackson.core": "JacksonException JsonParser JsonToken StreamReadFeature",
    "tools.jackson.core.exc": "StreamReadException",
    "tools.jackson.databind": (
        "BeanProperty DatabindException DeserializationContext DeserializationFeature JavaType"
        " JsonNode ValueDeserializer"
    ),
    "tools.jackson.databind.cfg": (
        "CoercionAction CoercionInputShape EnumFeature MutableCoercionConfig"
    ),
    "tools.jackson.databind.deser.std": "StdDeserializer",
    "tools.jackson.databind.json": "JsonMapper",
    "tools.jackson.databind.module": "SimpleModule",
    "tools.jackson.databind.node": "ArrayNode ObjectNode",
    "tools.jackson.databind.type": "LogicalType",
}

_OWN = {
    "platform": "Settings",
    "platform.cache": (
        "CacheConfiguration CacheSpace CacheStore MemoryCacheStore RedisCacheStore RowCache"
    ),
    "platform.database": (
        "Conditions DatabaseAddress DatabaseConfiguration Keys Ordering Paging Placed References"
        " SampleRows Slice Stored Versioned"
    ),
    "platform.graphql": (
        "GraphqlBounds GraphqlCall GraphqlConfiguration GraphqlController GraphqlPage GraphqlPart"
        " GraphqlProblems GraphqlScalars GraphqlSize GraphqlValues"
    ),
    "platform.idempotency": "Housekeeping Idempotency",
    "platform.jobs": ("JobEvent JobHandler JobHandlers JobQueue JobRunner JobWorker Outbox"),
    "platform.problems": "InvalidValue Problem ProblemAdvice Problems Violations",
    "platform.security": (
        "Account Accounts Caller CallerArgument CallerToken Passwords SecurityConfiguration Tokens"
    ),
    "platform.validation": (
        "AnySent AnySentValidator Characters CharactersValidator FlatMembers FlatMembersValidator"
    ),
    "platform.web": (
        "BodyValidation ContractController Decimals EntityTags HeldRequest JsonConfiguration"
        " Page QueryArgument QueryParameters RateLimits RequestFilter Sent SentDeserializer"
        " SentExtractor Sparse StrictValues WebConfiguration"
    ),
    "sessions": "RefreshTokens Session SessionController SessionCreate SessionRefresh Sessions",
    "support": (
        "Actors Api CacheStores CachedServiceTest Factory GraphqlApi GraphqlReply Reply Samples"
        " ServiceTest"
    ),
}

STATICS = {
    "assertThat": "org.assertj.core.api.Assertions.assertThat",
    "assertThatThrownBy": "org.assertj.core.api.Assertions.assertThatThrownBy",
    "arguments": "org.junit.jupiter.params.provider.Arguments.arguments",
    "requireNonNull": "java.util.Objects.requireNonNull",
}
"""Methods that stand in code without their class."""

LANGUAGE = frozenset(
    {
        *("Api", "Appendable", "Application", "AutoCloseable", "Boolean", "Byte", "CharSequence"),
        *("Character", "Class", "ClassLoader", "Cloneable", "Comparable", "Compiler"),
        *("Deprecated", "Double", "Enum", "Error", "Exception", "Float", "FunctionalInterface"),
        *("IO", "Integer", "Iterable", "Long", "Math", "Module", "ModuleLayer", "Number"),
        *("Object", "Override", "Package", "Process", "ProcessBuilder", "ProcessHandle"),
        *("Readable", "Record", "Runnable", "Runtime", "RuntimeException", "RuntimePermission"),
        *("SafeVarargs", "ScopedValue", "SecurityManager", "Short", "StackTraceElement"),
        *("StackWalker", "StrictMath", "String", "StringBuffer", "StringBuilder"),
        *("StringTemplate", "SuppressWarnings", "System", "Thread", "ThreadGroup", "ThreadLocal"),
        *("Throwable", "Void"),
    }
)
"""Classes that are there without an import."""


def libraries() -> dict[str, str]:
    """Give the classes of libraries by their simple names."""
    return {
        name.rpartition(".")[2]: f"{package}.{name}"
        for package, names in _FROM.items()
        for name in names.split()
    }


def own_classes(base: str) -> dict[str, str]:
    """Give the classes that every service has by their simple names."""
    return {
        name: f"{base}.{package}.{name}"
        for package, names in _OWN.items()
        for name in names.split()
    }
