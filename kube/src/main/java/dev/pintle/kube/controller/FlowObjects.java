package dev.pintle.kube.controller;

import dev.pintle.kernel.keyspace.RangeRequest;
import dev.pintle.kube.metrics.ControllerFailures;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.store.Keys;
import dev.pintle.kube.store.ObjectView;
import dev.pintle.kube.store.StoredObject;
import dev.pintle.kube.verb.EnsureExists;
import dev.pintle.kube.verb.VerbContext;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/// The controller of the flow schemas and priority levels that a cluster starts with: once a minute it makes again what was deleted, and
/// puts back what may not be changed or what nobody has taken over.
///
/// Who changes one of the suggested objects keeps it by the annotation `apf.kubernetes.io/autoupdate-spec: "false"`. The mandatory ones
/// cannot be kept; only the shares of the level `exempt` may differ.
public final class FlowObjects implements Controller {
  private static final String NAME = "kube-flow-objects";

  /// What admission may take of a round.
  private static final Duration TIME = Duration.ofSeconds(15);

  private static final String ANNOTATION = "apf.kubernetes.io/autoupdate-spec";
  private static final Set<String> MANDATORY = Set.of("exempt", "catch-all");
  private static final Set<String> TRUE = Set.of("1", "t", "true");
  private static final Set<String> FALSE = Set.of("0", "f", "false");

  private final VerbContext context;
  private final ReconciledWrite writes;
  private final ControllerFailures failures;
  private final List<EnsureExists.Wanted> wanted;
  private final Future<?> rounds;

  /// @param wanted the objects that a cluster starts with
  public FlowObjects(
      VerbContext context, ControllerFailures failures, List<EnsureExists.Wanted> wanted) {
    this.context = context;
    this.writes = new ReconciledWrite(context);
    this.failures = failures;
    this.wanted = List.copyOf(wanted);
    failures.register(NAME);
    round();
    this.rounds =
        context
            .timers()
            .scheduleWithFixedDelay(
                () -> context.workers().execute(this::round), 1, 1, TimeUnit.MINUTES);
  }

  private void round() {
    attempt("the objects that a cluster starts with", this::makeMissing);
    attempt("the flow schemas and priority levels that there are", this::look);
  }

  /// What fails does not stand before what comes after it.
  private void attempt(String about, Runnable work) {
    try {
      work.run();
    } catch (RuntimeException | StackOverflowError failed) {
      failures.add(NAME, about, failed);
    }
  }

  private void makeMissing() {
    EnsureExists.asFarAsPossible(context, wanted, TIME)
        .forEach(unmade -> failures.add(NAME, unmade.wanted().title(), unmade.why()));
  }

  private void look() {
    ObjectView view = context.view();
    wanted.forEach(each -> attempt(each.title(), () -> revise(each, view)));
    wanted.stream()
        .map(EnsureExists.Wanted::type)
        .distinct()
        .forEach(type -> removeUnwanted(type, view));
  }

  private void revise(EnsureExists.Wanted each, ObjectView view) {
    String name = each.object().objectOrEmpty("metadata").textOrEmpty("name");
    StoredObject stored = view.find(each.type(), "", name);
    if (stored == null) {
      return;
    }
    JsonObject now = stored.tree();
    boolean updated = MANDATORY.contains(name) || isUpdated(now);
    JsonObject spec = spec(each.object(), now);
    boolean specChanges = updated && !spec.equals(now.objectOrEmpty("spec"));
    if (specChanges) {
      now.set("spec", spec);
      JsonObject metadata = now.objectAt("metadata");
      metadata.set("generation", Json.of(metadata.wholeOrZero("generation") + 1));
    }
    if (!(updated ? TRUE : FALSE).contains(annotation(now))) {
      now.objectAt("metadata").objectAt("annotations").set(ANNOTATION, Boolean.toString(updated));
    }
    writes.update(each.type(), stored, now, FlowSchemas.PRODUCER);
  }

  /// What the spec should be; the shares of the exempt level are its owner's.
  private static JsonObject spec(JsonObject wanted, JsonObject now) {
    JsonObject spec = wanted.objectOrEmpty("spec").copy();
    JsonObject exempt = now.objectOrEmpty("spec").object("exempt");
    if (exempt != null && spec.has("exempt")) {
      spec.set("exempt", exempt.copy());
    }
    return spec;
  }

  /// Whether the object follows the server's own; without a word about that, as long as nobody has changed it.
  private static boolean isUpdated(JsonObject object) {
    String said = annotation(object);
    return TRUE.contains(said)
        || (!FALSE.contains(said)
            && object.objectOrEmpty("metadata").wholeOrZero("generation") == 1);
  }

  private static String annotation(JsonObject object) {
    return object
        .objectOrEmpty("metadata")
        .objectOrEmpty("annotations")
        .textOrEmpty(ANNOTATION)
        .toLowerCase(Locale.ROOT);
  }

  /// Deletes what an older server made, and this one does not know.
  private void removeUnwanted(ResourceType type, ObjectView view) {
    Set<String> names =
        wanted.stream()
            .filter(each -> each.type().equals(type))
            .map(each -> each.object().objectOrEmpty("metadata").textOrEmpty("name"))
            .collect(Collectors.toSet());
    view.range(RangeRequest.of(Keys.range(type, ""))).entries().stream()
        .map(kv -> view.read(type, kv))
        .filter(stored -> {
          JsonObject object = stored.tree();
          String name = object.objectOrEmpty("metadata").textOrEmpty("name");
          return !names.contains(name) && TRUE.contains(annotation(object));
        })
        .forEach(writes::delete);
  }

  @Override
  public void close() {
    rounds.cancel(false);
  }
}
