package dev.pintle.kube.bootstrap;

import dev.pintle.kube.allocation.ServiceRanges;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.store.ObjectView;
import dev.pintle.kube.store.StoredObject;
import dev.pintle.kube.transaction.ObjectTransaction;
import dev.pintle.kube.verb.VerbContext;

/// The ServiceCIDR `kubernetes`, which says what the server was started with when the cluster began.
record DefaultServiceCidr(VerbContext context, ResourceType type, ServiceRanges ranges) {
  private static final System.Logger LOG = System.getLogger(DefaultServiceCidr.class.getName());
  private static final String NAME = "kubernetes";

  static JsonArray cidrs(ServiceRanges ranges) {
    return JsonArray.of(ranges.networks().stream().map(Json::of).toArray(Json[]::new));
  }

  /// Adds the second network of a server that was started with one before. Any other difference stays, and is told of: services have
  /// addresses of what is there.
  ///
  /// @throws dev.pintle.kube.status.StatusError when the store takes no writes
  void follow() {
    ObjectView view = context.view();
    StoredObject stored = view.find(type, "", NAME);
    if (stored == null) {
      return;
    }
    JsonObject cidr = stored.tree();
    JsonArray wanted = cidrs(ranges);
    Json found = cidr.objectAt("spec").get("cidrs");
    if (wanted.equals(found)) {
      return;
    }
    if (wanted.size() == 2 && JsonArray.of(wanted.at(0)).equals(found)) {
      cidr.objectAt("spec").set("cidrs", wanted);
      try (ObjectTransaction transaction = new ObjectTransaction()) {
        // Whoever overtakes it is another server that does the same.
        transaction
            .unchanged(stored.key(), stored.version())
            .put(stored.key(), context.objects().write(type, cidr, null))
            .commit(context.member());
      }
    } else {
      LOG.log(
          System.Logger.Level.WARNING,
          "ServiceCIDR {0} has {1} (expected: {2}, as --service-cluster-ip-range says); services get addresses of the former",
          NAME,
          found,
          wanted);
    }
  }
}
