package dev.pintle.kube.object;

import java.util.Map;
import org.snakeyaml.engine.v2.api.ConstructNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;
import org.snakeyaml.engine.v2.schema.Schema;

/// The schema that leaves every plain scalar to [Yaml11], which looks at it when its value is wanted.
final class Yaml11Schema implements Schema {
  @Override
  public ScalarResolver getScalarResolver() {
    return (_, _) -> Tag.STR;
  }

  @Override
  public Map<Tag, ConstructNode> getSchemaTagConstructors() {
    return Map.of();
  }
}
