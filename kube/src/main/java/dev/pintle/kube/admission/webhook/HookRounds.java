package dev.pintle.kube.admission.webhook;

import dev.pintle.kube.object.JsonObject;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The memory of the mutating webhooks of the first pass over an object, for the second.
final class HookRounds {
  private final Set<String> asked = new HashSet<>();
  private final Set<String> toAskAgain = new HashSet<>();
  private @Nullable JsonObject last;

  /// One that may be asked again when others change the object.
  void asked(AdmissionWebhook hook) {
    asked.add(hook.id());
  }

  /// The object was changed: those that were asked before have not seen it.
  void changed() {
    toAskAgain.addAll(asked);
    asked.clear();
  }

  boolean isToAskAgain(AdmissionWebhook hook) {
    return toAskAgain.contains(hook.id());
  }

  /// Keeps the object as the webhooks left it.
  void leave(JsonObject object) {
    last = object.copy();
  }

  boolean isAsLeft(JsonObject object) {
    return object.equals(last);
  }
}
