package dev.pintle.kube.controller;

import dev.pintle.kube.controller.LocalClient.Target;
import dev.pintle.kube.metrics.ControllerFailures;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.MetaTime;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.status.StatusError;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The writer of a controller's Events. The same thing told again of the same object is counted by the Event that is there, and after 25
/// times only every five minutes, as client-go's recorder does. They are written one after the other by somebody else than who tells, who
/// need not wait; what cannot be written, or comes while a thousand wait, is lost, as Events are. Thread-safe.
public final class EventRecorder {
  private static final int REMEMBERED_MAX = 256;
  private static final int WAITING_MAX = 1_000;
  private static final int BURST_MAX = 25;
  private static final Duration AFTER_BURST = Duration.ofMinutes(5);
  private static final int NAME_CHARACTERS_MAX = 253;

  private final LocalClient client;
  private final ResourceType events;
  private final String component;
  private final ControllerFailures failures;
  private final ReentrantLock lock = new ReentrantLock();

  // Guarded by `lock`.

  /// What was told lately, the oldest first.
  private final Map<Told, Written> lately = new LinkedHashMap<>();

  private final ArrayDeque<Unwritten> waiting = new ArrayDeque<>();

  /// Whether somebody is writing what waits.
  private boolean writing;

  /// The object that an Event is about.
  ///
  /// @param namespace empty for an object of the whole cluster
  public record Involved(
      String apiVersion, String kind, String namespace, String name, String uid) {
    private JsonObject reference() {
      JsonObject reference = new JsonObject().set("kind", kind);
      if (!namespace.isEmpty()) {
        reference.set("namespace", namespace);
      }
      return reference.set("name", name).set("uid", uid).set("apiVersion", apiVersion);
    }
  }

  private record Told(Involved involved, String type, String reason, String message) {}

  private record Written(String name, int times, Instant last) {}

  private record Unwritten(Told told, Written written) {}

  /// @param component the controller, as Events name it
  /// @param failures count the Events that are refused
  public EventRecorder(
      LocalClient client, ResourceType events, String component, ControllerFailures failures) {
    this.client = client.unrestrained();
    this.events = events;
    this.component = component;
    this.failures = failures;
  }

  /// Tells of something that should not be so; does not wait for it to be written.
  public void warn(Involved involved, String reason, String message) {
    tell(new Told(involved, "Warning", reason, message));
  }

  /// As [#warn], of something that is as it should be.
  public void inform(Involved involved, String reason, String message) {
    tell(new Told(involved, "Normal", reason, message));
  }

  private void tell(Told told) {
    boolean begins = false;
    lock.lock();
    try {
      Instant now = client.context().clock().instant();
      Written before = lately.remove(told);
      boolean tooOften =
          before != null
              && before.times() >= BURST_MAX
              && now.isBefore(before.last().plus(AFTER_BURST));
      if (before != null && (tooOften || waiting.size() >= WAITING_MAX)) {
        lately.put(told, before);
      } else if (waiting.size() < WAITING_MAX) {
        Written written =
            before == null
                ? new Written(name(told.involved().name()), 1, now)
                : new Written(before.name(), before.times() + 1, now);
        lately.put(told, written);
        waiting.add(new Unwritten(told, written));
        begins = !writing;
        writing = true;
      }
      if (lately.size() > REMEMBERED_MAX) {
        lately.remove(lately.keySet().iterator().next());
      }
    } finally {
      lock.unlock();
    }
    if (begins) {
      begin();
    }
  }

  private void begin() {
    try {
      client.context().workers().execute(this::writeAll);
    } catch (RejectedExecutionException _) {
      // The server is stopping: nobody is told any more.
    }
  }

  private void writeAll() {
    for (Unwritten next = next(); next != null; next = next()) {
      try {
        write(next);
      } catch (RuntimeException failed) {
        failures.add(component, "an Event of " + next.told().involved().name(), failed);
      }
    }
  }

  private @Nullable Unwritten next() {
    lock.lock();
    try {
      Unwritten next = waiting.poll();
      writing = next != null;
      return next;
    } finally {
      lock.unlock();
    }
  }

  private void write(Unwritten event) {
    if (event.written().times() == 1) {
      make(event);
      return;
    }
    JsonObject patch =
        new JsonObject()
            .set("count", Json.of(event.written().times()))
            .set("lastTimestamp", MetaTime.text(event.written().last()));
    String namespace = namespace(event.told());
    try {
      client.mergePatch(new Target(events, namespace, event.written().name()), patch);
    } catch (StatusError refused) {
      if (!Refusals.isGone(refused)) {
        throw refused;
      }
      make(event);
    }
  }

  /// Events about what has no namespace lie in `default`.
  private static String namespace(Told told) {
    String namespace = told.involved().namespace();
    return namespace.isEmpty() ? "default" : namespace;
  }

  private void make(Unwritten unwritten) {
    Told told = unwritten.told();
    String time = MetaTime.text(unwritten.written().last());
    JsonObject metadata =
        new JsonObject().set("name", unwritten.written().name()).set("namespace", namespace(told));
    JsonObject event =
        new JsonObject()
            .set("metadata", metadata)
            .set("involvedObject", told.involved().reference())
            .set("reason", told.reason())
            .set("message", told.message())
            .set("source", new JsonObject().set("component", component))
            .set("firstTimestamp", time)
            .set("lastTimestamp", time)
            .set("count", Json.of(unwritten.written().times()))
            .set("type", told.type())
            .set("reportingComponent", component)
            .set("reportingInstance", "");
    try {
      client.create(new Target(events, namespace(told), ""), event);
    } catch (StatusError refused) {
      // In a namespace that goes, nobody is left to be told.
      if (!Refusals.isTerminating(refused) && !Refusals.isGone(refused)) {
        throw refused;
      }
    }
  }

  private String name(String involved) {
    String suffix = '.' + HexFormat.of().toHexDigits(client.context().random().nextLong());
    int room = NAME_CHARACTERS_MAX - suffix.length();
    return (involved.length() > room ? involved.substring(0, room) : involved) + suffix;
  }
}
