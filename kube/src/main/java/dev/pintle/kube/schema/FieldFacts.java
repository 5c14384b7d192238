package dev.pintle.kube.schema;

import dev.pintle.kube.object.Json;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The facts of a [Field] beside its name and shape.
public record FieldFacts(
    OmitPolicy omitPolicy,
    boolean required,
    Patch patch,
    List<Integer> protoPath,
    Wording wording) {
  public static final FieldFacts PLAIN =
      new FieldFacts(OmitPolicy.POINTER, false, Patch.DEFAULT, List.of(), Wording.NONE);

  public FieldFacts {
    protoPath = List.copyOf(protoPath);
  }

  public @Nullable Json defaultValue() {
    return wording.defaultValue();
  }

  public Supplier<String> description() {
    return wording.description();
  }

  /// The treatment of a field by a strategic merge patch.
  public record Patch(Set<PatchStrategy> strategies, @Nullable String mergeKey) {
    public static final Patch DEFAULT = new Patch(Set.of(), null);

    public Patch {
      strategies = Set.copyOf(strategies);
    }
  }

  /// The words for readers: the default and the description.
  public record Wording(@Nullable Json defaultValue, Supplier<String> description) {
    public static final Wording NONE = new Wording(null, () -> "");
  }
}
