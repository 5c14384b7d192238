package dev.pintle.compat.harness;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// A record of the ConfigMaps that an informer of fabric8 is told of, but for what the server itself keeps in every namespace: `added NAME VALUE`.
public final class HeardMaps implements ResourceEventHandler<ConfigMap> {
  private static final int SECONDS_MAX = 30;
  private static final String KEY = "key";

  private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
  private final boolean updates;

  private HeardMaps(boolean updates) {
    this.updates = updates;
  }

  /// Of everything.
  public static HeardMaps ofAll() {
    return new HeardMaps(true);
  }

  /// Of what comes and goes, and not of what changes: an informer that lists anew tells of that, too.
  public static HeardMaps withoutUpdates() {
    return new HeardMaps(false);
  }

  /// A ConfigMap that is heard of.
  public static ConfigMap map(String name, String value) {
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withName(name)
        .endMetadata()
        .addToData(KEY, value)
        .build();
  }

  /// The next thing that was heard, after half a minute at the latest: then `nothing`.
  public String next() throws InterruptedException {
    String event = heard.poll(SECONDS_MAX, TimeUnit.SECONDS);
    return event == null ? "nothing" : event;
  }

  @Override
  public void onAdd(ConfigMap object) {
    add("added", object);
  }

  @Override
  public void onUpdate(ConfigMap old, ConfigMap object) {
    if (updates) {
      add("updated", object);
    }
  }

  @Override
  public void onDelete(ConfigMap object, boolean lastStateUnknown) {
    add("deleted", object);
  }

  private void add(String what, ConfigMap object) {
    String value = object.getData() == null ? null : object.getData().get(KEY);
    if (value != null) {
      heard.add("%s %s %s".formatted(what, object.getMetadata().getName(), value));
    }
  }
}
