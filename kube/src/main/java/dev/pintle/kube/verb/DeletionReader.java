package dev.pintle.kube.verb;

import dev.pintle.kube.decode.BodyReader.Expected;
import dev.pintle.kube.request.DeleteOptions;
import dev.pintle.kube.request.WriteOptions.FieldValidation;
import dev.pintle.kube.schema.GroupVersionKind;
import dev.pintle.kube.schema.SchemaNode;

/// The reader of DeleteOptions, from the body or else from the query.
public final class DeletionReader {
  private static final GroupVersionKind KIND =
      GroupVersionKind.of("meta.k8s.io/v1", "DeleteOptions");

  private final VerbContext context;
  private final Expected expected;

  /// @param schema of DeleteOptions
  public DeletionReader(VerbContext context, SchemaNode schema) {
    this.context = context;
    this.expected = new Expected(KIND, schema, FieldValidation.IGNORE);
  }

  DeleteOptions read(ApiRequest request) {
    return request.body().isEmpty()
        ? DeleteOptions.of(request.query())
        : DeleteOptions.of(
            context
                .bodies()
                .readOptions(RequestBodies.mediaType(request), request.body().array(), expected));
  }
}
