package dev.pintle.junit;

import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

/// A custom resource, as fabric8's users write theirs.
@Group("ships.example")
@Version("v1")
@ShortNames("bt")
class Boat extends CustomResource<Boat.Spec, Boat.Status> implements Namespaced {
  /// The wishes.
  public static class Spec {
    public int masts;
  }

  /// The findings.
  public static class Status {
    public boolean sails;
  }

  static Boat of(String name, int masts) {
    Boat boat = new Boat();
    boat.getMetadata().setName(name);
    boat.setSpec(new Spec());
    boat.getSpec().masts = masts;
    return boat;
  }
}
