package dev.pintle.kube.controller;

import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.keyspace.KeyValue;
import dev.pintle.kernel.keyspace.RangeRequest;
import dev.pintle.kernel.watch.WatchEvent;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.store.Keys;
import dev.pintle.kube.store.ObjectReader;
import dev.pintle.kube.store.ObjectView;
import dev.pintle.kube.store.StoredObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// The VolumeAttributesClasses, which are used by the claims and volumes that name them; upstream's
/// `volumeattributesclass-protection-controller`.
///
/// @param type of VolumeAttributesClasses
public record UsedVolumeAttributesClasses(
    ResourceType type, ResourceType claims, ResourceType volumes, ObjectReader reader)
    implements InUseProtection.Protected {
  public static final String CONTROLLER = "volumeattributesclass-protection-controller";

  private static final List<String> NAMED_BY_CLAIM =
      List.of(
          "spec.volumeAttributesClassName",
          "status.currentVolumeAttributesClassName",
          "status.modifyVolumeStatus.targetVolumeAttributesClassName");
  private static final List<String> NAMED_BY_VOLUME = List.of("spec.volumeAttributesClassName");

  @Override
  public String finalizer() {
    return "kubernetes.io/vac-protection";
  }

  @Override
  public boolean isUsed(StoredObject named, ObjectView view) {
    return isUsed(volumes, NAMED_BY_VOLUME, named.name(), view)
        || isUsed(claims, NAMED_BY_CLAIM, named.name(), view);
  }

  private static boolean isUsed(
      ResourceType users, List<String> paths, String name, ObjectView view) {
    boolean[] used = new boolean[1];
    view.scan(
        RangeRequest.of(Keys.range(users, "")),
        kv -> {
          StoredObject user = view.read(users, kv);
          used[0] = paths.stream().anyMatch(path -> user.text(path).equals(name));
          return !used[0];
        });
    return used[0];
  }

  @Override
  public List<String> released(WatchEvent event) {
    KeyValue before = event.previous();
    if (before != null && isOf(claims, event.key())) {
      return released(claims, NAMED_BY_CLAIM, before, event);
    }
    if (before != null && isOf(volumes, event.key())) {
      return released(volumes, NAMED_BY_VOLUME, before, event);
    }
    return List.of();
  }

  private static boolean isOf(ResourceType users, Bytes key) {
    return key.startsWith(Keys.collection(users, ""));
  }

  private List<String> released(
      ResourceType users, List<String> paths, KeyValue before, WatchEvent event) {
    Set<String> named = names(users, paths, before);
    if (event.kind() == WatchEvent.Kind.PUT) {
      named.removeAll(names(users, paths, event.current()));
    }
    return new ArrayList<>(named);
  }

  private Set<String> names(ResourceType users, List<String> paths, KeyValue kv) {
    StoredObject user = reader.read(users, kv);
    Set<String> names = new TreeSet<>();
    paths.forEach(path -> names.add(user.text(path)));
    names.remove("");
    return names;
  }
}
