package dev.pintle.kube.object;

import org.jspecify.annotations.Nullable;

/// The parts of an object that few have beside their fields.
final class RareParts {
  // See [JsonObject#omit].
  @Nullable JsonObject omitted;
  // See [JsonObject#keepText].
  @Nullable String text;
  // See [JsonObject#respell].
  boolean respelled;
  // See [JsonObject#unread].
  volatile byte @Nullable [] unread;

  RareParts copy() {
    RareParts copy = new RareParts();
    copy.omitted = omitted == null ? null : omitted.copy();
    copy.text = text;
    copy.respelled = respelled;
    copy.unread = unread;
    return copy;
  }
}
