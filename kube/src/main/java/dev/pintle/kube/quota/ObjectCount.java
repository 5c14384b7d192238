package dev.pintle.kube.quota;

import dev.pintle.kube.admission.AdmissionRequest;
import dev.pintle.kube.admission.AdmissionRequest.Action;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.quantity.Quantity;
import dev.pintle.kube.store.ObjectView;
import dev.pintle.kube.strategy.ResourceAmounts;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// The measure of objects that count as what they are: `count/RESOURCE.GROUP`, and for a few an older name beside it.
record ObjectCount(List<String> names) implements UsageEvaluator {
  static final Quantity ONE = Quantity.of(1);

  /// Those that are counted by their own name, too.
  private static final Set<String> OLDER =
      Set.of("configmaps", "resourcequotas", "replicationcontrollers", "secrets");

  ObjectCount {
    names = List.copyOf(names);
  }

  /// @param groupResource as in `deployments.apps`
  static String name(String groupResource) {
    return "count/" + groupResource;
  }

  static ObjectCount of(String groupResource) {
    List<String> names = new ArrayList<>();
    names.add(name(groupResource));
    if (OLDER.contains(groupResource)) {
      names.add(groupResource);
    }
    return new ObjectCount(names);
  }

  @Override
  public boolean handles(AdmissionRequest request) {
    return request.subresource().isEmpty() && request.action() == Action.CREATE;
  }

  @Override
  public boolean measures(String name, ObjectView view) {
    return names.contains(name);
  }

  @Override
  public ResourceAmounts usage(JsonObject object, String namespace, ObjectView view) {
    return times(1);
  }

  /// What so many objects use.
  ResourceAmounts times(long count) {
    ResourceAmounts used = ResourceAmounts.none();
    Quantity amount = count == 1 ? ONE : Quantity.of(count);
    names.forEach(name -> used.values().put(name, amount));
    return used;
  }

  @Override
  public boolean isToBeCounted(JsonObject old, JsonObject now, ObjectView view) {
    return false;
  }
}
