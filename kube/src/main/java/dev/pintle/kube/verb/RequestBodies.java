package dev.pintle.kube.verb;

import dev.pintle.kube.decode.BodyReader.Expected;
import dev.pintle.kube.negotiation.MediaType;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.JsonWriter;
import dev.pintle.kube.request.RequestRecord;
import dev.pintle.kube.request.WriteOptions;
import dev.pintle.kube.status.StatusErrors;
import java.util.function.Consumer;

/// The reader of objects from the bodies of requests.
public final class RequestBodies {
  private RequestBodies() {}

  /// The object of the request's own kind that the body holds.
  public static JsonObject read(
      VerbContext context, ApiRequest request, WriteOptions options, Consumer<String> warnings) {
    return read(context, request, Create.expected(request.type(), options), warnings);
  }

  /// The object of the kind that is expected.
  public static JsonObject read(
      VerbContext context, ApiRequest request, Expected expected, Consumer<String> warnings) {
    return read(context, request, expected, _ -> {}, warnings);
  }

  /// As above.
  ///
  /// @param defaults fills in what was left out of an object of another kind
  static JsonObject read(
      VerbContext context,
      ApiRequest request,
      Expected expected,
      Consumer<JsonObject> defaults,
      Consumer<String> warnings) {
    JsonObject read =
        context.bodies().read(mediaType(request), request.body().array(), expected, warnings);
    defaults.accept(read);
    RequestRecord record = request.notes().record();
    if (record != null) {
      record(record, context, request, expected, read);
    }
    return read;
  }

  /// As upstream writes it down: with defaults, and without what anybody but its sender says.
  private static void record(
      RequestRecord record,
      VerbContext context,
      ApiRequest request,
      Expected expected,
      JsonObject read) {
    record.names(read.objectOrEmpty("metadata"));
    if (record.takesSent()) {
      JsonObject shown = read.copy();
      if (expected.kind().equals(request.type().groupVersionKind())) {
        context.rules().fillIn(request.type(), shown);
      }
      record.sent(JsonWriter.bytes(shown));
    }
  }

  static MediaType mediaType(ApiRequest request) {
    boolean custom = request.type().isCustom();
    String offered =
        custom
            ? "application/json, application/yaml"
            : "application/json, application/yaml, application/vnd.kubernetes.protobuf";
    MediaType type =
        MediaType.ofContentType(request.contentType())
            .orElseThrow(() -> StatusErrors.unsupportedMediaType(offered));
    if (custom && type == MediaType.PROTOBUF) {
      throw StatusErrors.unsupportedMediaType(offered);
    }
    return type;
  }
}
