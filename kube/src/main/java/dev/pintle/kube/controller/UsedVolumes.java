package dev.pintle.kube.controller;

import dev.pintle.kernel.watch.WatchEvent;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.store.ObjectView;
import dev.pintle.kube.store.StoredObject;
import java.util.List;

/// The PersistentVolumes, which are used while they are bound; upstream's `persistentvolume-protection-controller`.
///
/// @param type of PersistentVolumes
public record UsedVolumes(ResourceType type) implements InUseProtection.Protected {
  public static final String CONTROLLER = "persistentvolume-protection-controller";

  @Override
  public String finalizer() {
    return "kubernetes.io/pv-protection";
  }

  @Override
  public boolean isUsed(StoredObject volume, ObjectView view) {
    return volume.text("status.phase").equals("Bound");
  }

  @Override
  public List<String> released(WatchEvent event) {
    return List.of();
  }
}
