package dev.pintle.kube.route;

import dev.pintle.kube.chain.RequestContext;
import dev.pintle.kube.encode.Gzipped;
import dev.pintle.kube.encode.Reply;
import dev.pintle.kube.negotiation.AcceptClauses;
import dev.pintle.kube.object.JsonWriter;
import dev.pintle.kube.openapi.OpenApiDocuments;
import dev.pintle.kube.openapi.PublishedDocument;
import dev.pintle.kube.protobuf.OpenApiBinary;
import dev.pintle.kube.worker.FairExecutor;
import dev.pintle.wire.Exchange;
import dev.pintle.wire.ResponseHeaders;
import io.netty.buffer.Unpooled;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The routes of OpenAPI documents: `/openapi/v3`, below it one document for each path of the index, and `/openapi/v2`.
/// They answer every method alike.
public final class OpenApiRoutes implements Route {
  private static final String INDEX = "/openapi/v3";
  private static final String WHOLE = "/openapi/v2";
  private static final String JSON = "application/json";
  private static final Duration KEPT = Duration.ofDays(365);
  private static final DateTimeFormatter EXPIRES =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'UTC'", Locale.ROOT);

  /// The forms of v2, and of v3, the usual one first; older clients have another name for protobuf.
  private static final List<String> WHOLE_FORMS =
      List.of(
          JSON,
          "application/com.github.proto-openapi.spec.v2@v1.0+protobuf",
          OpenApiBinary.MEDIA_TYPE);

  private static final List<String> FORMS =
      List.of(
          JSON,
          OpenApiBinary.VERSION_3_MEDIA_TYPE,
          "application/com.github.proto-openapi.spec.v3@v1.0+protobuf");

  private final OpenApiDocuments documents;
  private final Clock clock;
  private final FairExecutor bulk;
  private final PackedCopy packedJson = new PackedCopy();
  private final PackedCopy packedBinary = new PackedCopy();

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
      byte[] index = JsonWriter.bytes(documents.index());
      ServedContent.undated(index, "text/plain; charset=utf-8", clock.instant())
          .send(exchange, asked(), ContentPacker.none());
    } else if (path.equals(WHOLE)) {
      whole(exchange);
    } else {
      at(path.substring(INDEX.length() + 1), context.query().first("hash").orElse(""), exchange);
    }
  }

  private void whole(Exchange exchange) {
    ResponseHeaders headers = asked().add("vary", "Accept-Encoding").add("vary", "Accept");
    String form = form(AcceptClauses.of(accepted(exchange)), WHOLE_FORMS);
    if (form == null) {
      exchange.respond(406, headers, Unpooled.EMPTY_BUFFER);
      return;
    }
    boolean packs = exchange.head().method().equals("GET") && Gzipped.isWanted(exchange.head());
    content(documents.whole(), form, OpenApiBinary.MEDIA_TYPE)
        .send(
            exchange,
            headers,
            new ContentPacker(packs, form.equals(JSON) ? packedJson : packedBinary));
  }

  private void at(String path, String hash, Exchange exchange) {
    Optional<PublishedDocument> found = documents.at(path);
    if (found.isEmpty()) {
      exchange.respond(404, asked(), Unpooled.EMPTY_BUFFER);
      return;
    }
    List<AcceptClauses.Clause> clauses = AcceptClauses.of(accepted(exchange));
    if (clauses.isEmpty()) {
      // Upstream says nothing at all to a client that names nothing.
      exchange.respond(200, asked(), Unpooled.EMPTY_BUFFER);
      return;
    }
    String form = form(clauses, FORMS);
    PublishedDocument document = found.get();
    if (form == null) {
      exchange.respond(406, asked().add("vary", "Accept"), Unpooled.EMPTY_BUFFER);
    } else if (!hash.isEmpty() && !hash.equals(document.hash())) {
      ResponseHeaders headers = asked().add("vary", "Accept");
      headers.add("content-type", form.equals(JSON) ? JSON : OpenApiBinary.VERSION_3_MEDIA_TYPE);
      headers.add("location", OpenApiDocuments.address(path, document.hash()));
      exchange.respond(301, headers.add("etag", document.etag()), Unpooled.EMPTY_BUFFER);
    } else {
      ResponseHeaders headers = hash.isEmpty() ? asked() : forEver();
      content(document, form, OpenApiBinary.VERSION_3_MEDIA_TYPE)
          .send(exchange, headers.add("vary", "Accept"), ContentPacker.none());
    }
  }

  private static ServedContent content(PublishedDocument document, String form, String binaryType) {
    boolean json = form.equals(JSON);
    return new ServedContent(
        json ? document.json() : document.binary(),
        json ? JSON : binaryType,
        document.etag(),
        document.since());
  }

  /// Must be asked for each time.
  private static ResponseHeaders asked() {
    return new ResponseHeaders().add("cache-control", "no-cache, private");
  }

  private ResponseHeaders forEver() {
    ZonedDateTime until = clock.instant().plus(KEPT).atZone(ZoneOffset.UTC);
    return new ResponseHeaders()
        .add("cache-control", "public, immutable")
        .add("expires", EXPIRES.format(until));
  }

  private static String accepted(Exchange exchange) {
    return exchange.head().header("accept").orElse("");
  }

  /// The first of the forms that the client's best clause takes; null when it takes none.
  private static @Nullable String form(List<AcceptClauses.Clause> clauses, List<String> forms) {
    for (AcceptClauses.Clause clause : clauses) {
      for (String form : forms) {
        if (clause.takes(form)) {
          return form;
        }
      }
    }
    return null;
  }
}
