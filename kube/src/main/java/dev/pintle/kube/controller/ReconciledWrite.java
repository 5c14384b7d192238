package dev.pintle.kube.controller;

import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.store.ObjectWriter.Written;
import dev.pintle.kube.store.StoredObject;
import dev.pintle.kube.verb.VerbContext;

/// Writes what was brought up to date. A write that is overtaken is seen as a change; one that there was no room for is tried
/// again.
final class ReconciledWrite {
  private ReconciledWrite() {}

  static void write(
      VerbContext services, ResourceType type, StoredObject old, JsonObject now, Runnable again) {
    if (!now.equals(old.tree())) {
      services
          .writer()
          .put(
              old.key(),
              old.version(),
              services.objects().write(type, now, null),
              written -> tryAgain(written, again));
    }
  }

  static void delete(VerbContext services, StoredObject old, Runnable again) {
    services.writer().delete(old.key(), old.version(), written -> tryAgain(written, again));
  }

  private static void tryAgain(Written written, Runnable again) {
    if (written instanceof Written.NotWritten) {
      again.run();
    }
  }
}
