package dev.pintle.kube.route;

import dev.pintle.kube.chain.RequestContext;
import dev.pintle.kube.discovery.DiscoveryDocuments;
import dev.pintle.kube.discovery.Document;
import dev.pintle.kube.encode.Reply;
import dev.pintle.kube.negotiation.Accept;
import dev.pintle.kube.negotiation.Representation;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.schema.GroupVersion;
import dev.pintle.kube.status.StatusErrors;
import dev.pintle.wire.Exchange;
import dev.pintle.wire.ResponseHeaders;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// The routes of API discovery: `/api`, `/apis`, and the groups and versions right below them.
public final class DiscoveryRoutes implements Route {
  private static final Set<String> AGGREGATED =
      Set.of("g=apidiscovery.k8s.io", "v=v2", "as=APIGroupDiscoveryList");

  private static final List<String> JSON_TYPES =
      List.of("application/json", "application/*", "*/*");

  private static final String[] OFFERED = {
    "application/json", "application/yaml", "application/vnd.kubernetes.protobuf"
  };

  private final Accept accept = new Accept(true);
  private final DiscoveryDocuments documents;

  public DiscoveryRoutes(DiscoveryDocuments documents) {
    this.documents = documents;
  }

  @Override
  public boolean answer(RequestContext context, Reply reply) {
    Exchange exchange = context.exchange();
    List<String> parts =
        Arrays.stream(context.info().path().split("/", -1))
            .filter(part -> !part.isEmpty())
            .toList();
    if (parts.isEmpty() || !(parts.getFirst().equals("api") || parts.getFirst().equals("apis"))) {
      return false;
    }
    boolean core = parts.getFirst().equals("api");
    Optional<JsonObject> found = core ? core(parts, exchange) : grouped(parts);
    if (found.isEmpty()) {
      if (core || (parts.size() > 2 && documents.isBuiltIn(parts.get(1)))) {
        throw StatusErrors.nothingHere();
      }
      return false;
    }
    boolean listsGroups = !core && parts.size() < 3;
    if (!listsGroups) {
      WebService.requireRead(context, OFFERED);
    }
    if (parts.size() == 1 && wantsAggregated(exchange)) {
      document(reply, core ? documents.aggregatedCore() : documents.aggregatedGroups());
      return true;
    }
    inPreferredForm(context, reply).tree(200, found.get());
    return true;
  }

  private Reply inPreferredForm(RequestContext context, Reply reply) {
    String header = context.header("accept");
    if (!Accept.covers(header, OFFERED)) {
      throw StatusErrors.notAcceptable(accept.offered(false));
    }
    Representation form = accept.choose(header);
    if (form.form() != Representation.Form.OBJECT) {
      throw StatusErrors.notAcceptable(accept.offered(false));
    }
    return reply.in(reply.form().pretty() ? form.prettier(true) : form);
  }

  private Optional<JsonObject> core(List<String> parts, Exchange exchange) {
    return switch (parts.size()) {
      case 1 -> Optional.of(documents.coreVersions(host(exchange)));
      case 2 -> documents.resources(new GroupVersion("", parts.get(1)));
      default -> Optional.empty();
    };
  }

  private Optional<JsonObject> grouped(List<String> parts) {
    return switch (parts.size()) {
      case 1 -> Optional.of(documents.groups());
      case 2 -> documents.group(parts.get(1));
      case 3 -> documents.resources(new GroupVersion(parts.get(1), parts.get(2)));
      default -> Optional.empty();
    };
  }

  private static String host(Exchange exchange) {
    return exchange
        .head()
        .header("host")
        .or(() -> exchange.head().header(":authority"))
        .orElse("localhost");
  }

  /// Whether the aggregated form is named at all: it comes first, whatever else the client reads better.
  private static boolean wantsAggregated(Exchange exchange) {
    String accept = exchange.head().header("accept").orElse("");
    for (String clause : accept.split(",", -1)) {
      Set<String> words =
          Arrays.stream(clause.split(";", -1)).map(String::strip).collect(Collectors.toSet());
      if (words.containsAll(AGGREGATED)
          && JSON_TYPES.stream().anyMatch(words::contains)
          && words.stream().noneMatch(word -> word.startsWith("sv="))) {
        return true;
      }
    }
    return false;
  }

  private static void document(Reply reply, Document document) {
    Exchange exchange = reply.exchange();
    ResponseHeaders headers =
        ResponseHeaders.of("application/json" + DiscoveryDocuments.AGGREGATED)
            .add("cache-control", "public")
            .add("etag", document.etag())
            .add("vary", "Accept");
    boolean known =
        exchange.head().header("if-none-match").map(document.etag()::equals).orElse(false);
    if (!known) {
      reply.recordAnswer(document.bytes());
    }
    exchange.respond(
        known ? 304 : 200,
        headers,
        known ? Unpooled.EMPTY_BUFFER : Unpooled.wrappedBuffer(document.bytes()));
  }
}
