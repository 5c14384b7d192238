package dev.pintle.kube.verb;

import dev.pintle.kube.decode.BodyReader.Expected;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.JsonWriter;
import dev.pintle.kube.request.DeleteOptions;
import dev.pintle.kube.request.RequestRecord;
import dev.pintle.kube.request.WriteOptions.FieldValidation;
import dev.pintle.kube.schema.GroupVersionKind;
import dev.pintle.kube.schema.SchemaNode;

/// The reader of DeleteOptions, from the body or else from the query.
public final class DeletionReader {
  private static final GroupVersionKind KIND =
      GroupVersionKind.of("meta.k8s.io/v1", "DeleteOptions");

  /// The version in which upstream's audit has them.
  private static final String WRITTEN_DOWN = "meta.k8s.io/__internal";

  private final VerbContext context;
  private final Expected expected;

  /// @param schema of DeleteOptions
  public DeletionReader(VerbContext context, SchemaNode schema) {
    this.context = context;
    this.expected = new Expected(KIND, schema, FieldValidation.IGNORE);
  }

  DeleteOptions read(ApiRequest request) {
    if (request.body().isEmpty()) {
      return DeleteOptions.of(request.query());
    }
    JsonObject options =
        context
            .bodies()
            .readOptions(RequestBodies.mediaType(request), request.body().array(), expected);
    RequestRecord record = request.notes().record();
    if (record != null && record.takesSent()) {
      JsonObject shown = options.copy();
      shown.set("kind", KIND.kind()).set("apiVersion", WRITTEN_DOWN);
      record.sent(JsonWriter.bytes(shown));
    }
    return DeleteOptions.of(options);
  }
}
