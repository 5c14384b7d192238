package dev.pintle.kube.schema;

import dev.pintle.kube.object.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The webhook that makes of custom resources of one version of their definition those of another.
///
/// @param definition its name
/// @param reviewVersions in which it can be asked, the best first, as the definition names them
/// @param client where it is found: `clientConfig` of the definition
/// @param schemas of all versions of the definition, served or not, by their `apiVersion`
public record ConversionWebhook(
    String definition,
    List<String> reviewVersions,
    JsonObject client,
    Map<String, Supplier<SchemaNode>> schemas) {
  public ConversionWebhook {
    reviewVersions = List.copyOf(reviewVersions);
    schemas = Map.copyOf(schemas);
  }

  /// Null for a version that the definition does not have.
  public @Nullable SchemaNode schema(String apiVersion) {
    Supplier<SchemaNode> known = schemas.get(apiVersion);
    return known == null ? null : known.get();
  }
}
