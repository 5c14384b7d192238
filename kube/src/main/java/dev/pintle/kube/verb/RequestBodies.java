package dev.pintle.kube.verb;

import dev.pintle.kube.decode.BodyReader.Expected;
import dev.pintle.kube.encode.Reply;
import dev.pintle.kube.negotiation.MediaType;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.request.WriteOptions;
import dev.pintle.kube.status.StatusErrors;

/// Reads the bodies of requests.
public final class RequestBodies {
  private RequestBodies() {}

  /// The object of the request's own kind that the body holds.
  public static JsonObject read(
      VerbContext services, ApiRequest request, WriteOptions options, Reply reply) {
    return read(services, request, Create.expected(request.type(), options), reply);
  }

  /// The object of the kind that is expected.
  public static JsonObject read(
      VerbContext services, ApiRequest request, Expected expected, Reply reply) {
    return services
        .bodies()
        .read(mediaType(request), request.body().array(), expected, reply::warn);
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
