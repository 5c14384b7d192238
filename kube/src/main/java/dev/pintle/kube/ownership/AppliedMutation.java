package dev.pintle.kube.ownership;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.schema.SchemaNode;
import java.util.ArrayList;
import java.util.List;

/// The merge of a part of an object that somebody applies without becoming its owner, as policies of admission do. What is only whole
/// cannot be changed so: its other parts would be gone without a word.
public final class AppliedMutation {
  private final List<String> whole = new ArrayList<>(0);

  private AppliedMutation() {}

  /// What `part` makes of `live`, which stays as it is.
  ///
  /// @throws UnmergeableException when the part is not of the kind, or is whole somewhere
  public static JsonObject merge(SchemaNode schema, JsonObject live, JsonObject part)
      throws UnmergeableException {
    MergeGranularity grain = MergeGranularity.of(schema);
    String complaint = TypedValidation.complaint(grain, part);
    if (complaint != null) {
      throw new UnmergeableException(
          "failed to convert patch object to typed object: " + complaint);
    }
    AppliedMutation mutation = new AppliedMutation();
    mutation.look(grain, part, "");
    if (!mutation.whole.isEmpty()) {
      throw new UnmergeableException(
          "invalid ApplyConfiguration: may not mutate atomic arrays, maps or structs: "
              + String.join(", ", mutation.whole));
    }
    return Merging.of(grain, live, part);
  }

  private void look(MergeGranularity grain, Json value, String path) {
    switch (value) {
      case JsonObject object -> {
        if (grain.shape(object) == MergeGranularity.Shape.LEAF) {
          whole.add(path);
        }
        for (JsonObject.Field field : object) {
          if (grain.node().field(field.name()) != null) {
            look(grain.entry(field.name()), field.value(), path + "." + field.name());
          }
        }
      }
      case JsonArray list -> {
        if (grain.shape(list) == MergeGranularity.Shape.LEAF) {
          whole.add(path);
        }
        for (int i = 0; i < list.size(); i++) {
          look(grain.item(), list.at(i), path + "[" + i + "]");
        }
      }
      case Json.Text _, Json.Whole _, Json.Decimal _, Json.Bool _, Json.Null _ -> {}
    }
  }
}
