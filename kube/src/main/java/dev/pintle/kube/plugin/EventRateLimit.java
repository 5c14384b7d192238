package dev.pintle.kube.plugin;

import dev.pintle.kube.admission.Admission;
import dev.pintle.kube.admission.AdmissionConfiguration;
import dev.pintle.kube.admission.AdmissionRequest;
import dev.pintle.kube.admission.AdmissionRequest.Action;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.status.Details;
import dev.pintle.kube.status.Status;
import dev.pintle.kube.status.StatusError;
import dev.pintle.kube.store.ObjectView;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;

/// The admission plugin EventRateLimit: so many Events are written a second, in all, of a namespace, of a user, or of a source about one
/// object.
public final class EventRateLimit implements Admission {
  private static final String VERSION = "eventratelimit.admission.k8s.io/v1alpha1";
  private static final String KIND = "Configuration";
  private static final Set<String> FIELDS = Set.of("apiVersion", "kind", "limits");
  private static final Set<String> LIMIT_FIELDS = Set.of("type", "qps", "burst", "cacheSize");

  private final List<EventLimit> limits;

  /// @param configuration as [#check] takes it
  /// @param monotonic nanoseconds that never go back
  public EventRateLimit(Optional<JsonObject> configuration, LongSupplier monotonic) {
    List<EventLimit> read = new ArrayList<>();
    configuration.ifPresent(given ->
        given.objects("limits").forEach(limit -> read.add(EventLimit.of(limit, monotonic))));
    this.limits = List.copyOf(read);
  }

  /// @throws IllegalArgumentException that says what is wrong
  public static void check(JsonObject configuration) {
    String version = configuration.textOrEmpty("apiVersion");
    String kind = configuration.textOrEmpty("kind");
    if (!version.equals(VERSION) || !kind.equals(KIND)) {
      throw new IllegalArgumentException(
          "no kind \"%s\" is registered for version \"%s\" (expected: %s of %s)"
              .formatted(kind, version, KIND, VERSION));
    }
    AdmissionConfiguration.requireKnown(configuration, FIELDS, "");
    List<JsonObject> given = configuration.objects("limits");
    if (given.isEmpty()) {
      throw new IllegalArgumentException("limits: Invalid value: null: must not be empty");
    }
    for (int i = 0; i < given.size(); i++) {
      String at = "limits[%d].".formatted(i);
      AdmissionConfiguration.requireKnown(given.get(i), LIMIT_FIELDS, at);
      EventLimit.check(given.get(i), at);
    }
  }

  @Override
  public void validate(AdmissionRequest request, ObjectView view) {
    JsonObject event = request.object();
    boolean written = request.action() == Action.CREATE || request.action() == Action.UPDATE;
    boolean isEvent = request.type().group().isEmpty() && request.type().kind().equals("Event");
    if (event == null || !written || !isEvent || request.dryRun()) {
      return;
    }
    List<String> reached = new ArrayList<>();
    for (EventLimit limit : limits) {
      String key = limit.type().key(request, event);
      if (!limit.allows(key)) {
        reached.add("limit reached on type %s for key %s".formatted(limit.type().text(), key));
      }
    }
    if (!reached.isEmpty()) {
      String all =
          reached.size() == 1 ? reached.getFirst() : "[" + String.join(", ", reached) + "]";
      throw new StatusError(
          new Status(429, "TooManyRequests", "Too many requests: " + all, Details.NONE));
    }
  }
}
