package dev.pintle.kube.route;

import dev.pintle.kube.chain.RequestContext;
import dev.pintle.kube.discovery.Document;
import dev.pintle.kube.encode.Reply;
import dev.pintle.kube.object.JsonWriter;
import dev.pintle.kube.openapi.OpenApiDocuments;
import dev.pintle.kube.protobuf.OpenApiBinary;
import dev.pintle.kube.schema.GroupVersion;
import dev.pintle.kube.worker.FairExecutor;
import dev.pintle.wire.Exchange;
import dev.pintle.wire.ResponseHeaders;
import io.netty.buffer.Unpooled;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/// The routes of OpenAPI documents: `/openapi/v3`, below it one document for each version of a group, and `/openapi/v2`.
public final class OpenApiRoutes implements Route {
  private static final String INDEX = "/openapi/v3";
  private static final String WHOLE = "/openapi/v2";
  private static final String CORE = INDEX + "/api/";
  private static final String GROUPS = INDEX + "/apis/";
  private static final String OLD_BINARY =
      "application/com.github.proto-openapi.spec.v2@v1.0+protobuf";
  private static final String JSON = "application/json";
  private static final Duration KEPT = Duration.ofDays(365);
  private static final DateTimeFormatter EXPIRES =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'UTC'", Locale.ROOT);

  private final OpenApiDocuments documents;
  private final Clock clock;
  private final FairExecutor bulk;

  /// @param bulk where documents are made: the time that takes grows with the definitions
  public OpenApiRoutes(OpenApiDocuments documents, Clock clock, FairExecutor bulk) {
    this.documents = documents;
    this.clock = clock;
    this.bulk = bulk;
  }

  @Override
  public boolean answer(RequestContext context, Reply reply) {
    String path = context.info().path();
    if (!path.equals(INDEX) && !path.equals(WHOLE) && !path.startsWith(INDEX + "/")) {
      return false;
    }
    return bulk.call(
        context.user().name(),
        0,
        () -> {
          answer(context, path);
          return true;
        });
  }

  private void answer(RequestContext context, String path) {
    Exchange exchange = context.exchange();
    if (path.equals(INDEX)) {
      ResponseHeaders headers =
          ResponseHeaders.of("text/plain; charset=utf-8").add("cache-control", "no-cache, private");
      exchange.respond(200, headers, Unpooled.wrappedBuffer(JsonWriter.bytes(documents.index())));
    } else if (path.equals(WHOLE)) {
      whole(exchange);
    } else if (path.startsWith(CORE) || path.startsWith(GROUPS)) {
      GroupVersion version =
          GroupVersion.parse(
              path.substring(path.startsWith(CORE) ? CORE.length() : GROUPS.length()));
      version(version, context.query().first("hash"), exchange);
    } else {
      refuse(exchange, 404);
    }
  }

  private void whole(Exchange exchange) {
    if (acceptsBinary(exchange)) {
      send(
          exchange,
          documents.wholeBinary(),
          headers(OpenApiBinary.MEDIA_TYPE).add("cache-control", "no-cache, private"));
    } else if (accepts(exchange)) {
      send(exchange, documents.whole(), headers().add("cache-control", "no-cache, private"));
    } else {
      refuse(exchange, 406);
    }
  }

  private void version(GroupVersion version, Optional<String> hash, Exchange exchange) {
    Optional<Document> found = documents.version(version);
    if (found.isEmpty()) {
      refuse(exchange, 404);
    } else if (!accepts(exchange)) {
      refuse(exchange, 406);
    } else if (hash.isPresent() && !hash.get().equals(found.get().hash())) {
      ResponseHeaders headers = headers().add("cache-control", "no-cache, private");
      headers.add("location", OpenApiDocuments.address(version, found.get().hash()));
      exchange.respond(301, headers.add("etag", found.get().etag()), Unpooled.EMPTY_BUFFER);
    } else {
      send(
          exchange,
          found.get(),
          hash.isPresent() ? forEver() : headers().add("cache-control", "no-cache, private"));
    }
  }

  private static ResponseHeaders headers() {
    return headers(JSON);
  }

  private static ResponseHeaders headers(String type) {
    return ResponseHeaders.of(type).add("vary", "Accept");
  }

  private ResponseHeaders forEver() {
    ZonedDateTime until = clock.instant().plus(KEPT).atZone(ZoneOffset.UTC);
    return headers()
        .add("cache-control", "public, immutable")
        .add("expires", EXPIRES.format(until));
  }

  private static void send(Exchange exchange, Document document, ResponseHeaders headers) {
    headers.add("etag", document.etag());
    boolean known =
        exchange.head().header("if-none-match").map(document.etag()::equals).orElse(false);
    exchange.respond(
        known ? 304 : 200,
        headers,
        known ? Unpooled.EMPTY_BUFFER : Unpooled.wrappedBuffer(document.bytes()));
  }

  private static void refuse(Exchange exchange, int status) {
    ResponseHeaders headers = new ResponseHeaders().add("cache-control", "no-cache, private");
    if (status == 406) {
      headers.add("vary", "Accept");
    }
    exchange.respond(status, headers, Unpooled.EMPTY_BUFFER);
  }

  /// Whether the client's first preference is protobuf, by its name or by the one that older clients have for it.
  private static boolean acceptsBinary(Exchange exchange) {
    String accept = exchange.head().header("accept").orElse("");
    String first = accept.split(",", 2)[0].split(";", 2)[0].strip();
    return first.equals(OpenApiBinary.MEDIA_TYPE) || first.equals(OLD_BINARY);
  }

  /// Whether one of the client's preferences takes JSON.
  private static boolean accepts(Exchange exchange) {
    String accept = exchange.head().header("accept").orElse("*/*");
    for (String clause : accept.split(",", -1)) {
      String type = clause.split(";", 2)[0].strip();
      if (type.equals(JSON) || type.equals("*/*") || type.equals("application/*")) {
        return true;
      }
    }
    return false;
  }
}
