package dev.pintle.kube.admission.webhook;

import dev.pintle.kube.admission.expression.ConditionMatcher;
import dev.pintle.kube.admission.match.MatchCriteria;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.outbound.ClientConfig;
import dev.pintle.kube.store.StoredObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A webhook of a configuration, compiled. Immutable.
///
/// @param configuration the name of the object that has it
/// @param id tells it apart from all others of its kind
/// @param ignoresFailures whether a request goes on when it cannot be asked
/// @param timeout what it is given to answer
/// @param harmless whether dry runs may ask it
/// @param reinvocable whether it is asked again when others changed the object after it
/// @param reviewVersion the first one it names that is known; empty when there is none
record AdmissionWebhook(
    String configuration,
    String name,
    String id,
    MatchCriteria criteria,
    ConditionMatcher conditions,
    ClientConfig client,
    boolean ignoresFailures,
    Duration timeout,
    boolean harmless,
    boolean reinvocable,
    String reviewVersion) {
  private static final long SECONDS_DEFAULT = 10;

  /// All of one configuration, in its order.
  static List<AdmissionWebhook> of(StoredObject configuration) {
    List<AdmissionWebhook> hooks = new ArrayList<>();
    Map<String, Integer> seen = new HashMap<>();
    for (JsonObject written : configuration.tree().objects("webhooks")) {
      String name = written.textOrEmpty("name");
      int before = seen.merge(name, 1, Integer::sum) - 1;
      String id = configuration.name() + "/" + name + "/" + before;
      hooks.add(of(configuration.name(), id, written));
    }
    return List.copyOf(hooks);
  }

  private static AdmissionWebhook of(String configuration, String id, JsonObject written) {
    boolean ignoresFailures = written.textOrEmpty("failurePolicy").equals("Ignore");
    long seconds =
        written.get("timeoutSeconds") instanceof Json.Whole(var stated) ? stated : SECONDS_DEFAULT;
    String effects = written.textOrEmpty("sideEffects");
    return new AdmissionWebhook(
        configuration,
        written.textOrEmpty("name"),
        id,
        MatchCriteria.ofWebhook(written),
        ConditionMatcher.ofWebhook(written.objects("matchConditions"), ignoresFailures),
        ClientConfig.of(written.objectOrEmpty("clientConfig")),
        ignoresFailures,
        Duration.ofSeconds(seconds),
        effects.equals("None") || effects.equals("NoneOnDryRun"),
        written.textOrEmpty("reinvocationPolicy").equals("IfNeeded"),
        written.texts("admissionReviewVersions").stream()
            .filter(version -> version.equals("v1") || version.equals("v1beta1"))
            .findFirst()
            .orElse(""));
  }
}
