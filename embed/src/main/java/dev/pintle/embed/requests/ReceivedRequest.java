package dev.pintle.embed.requests;

import dev.pintle.kernel.Bytes;
import dev.pintle.kube.intercept.SeenRequest;
import dev.pintle.kube.schema.GroupVersion;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A request that a server has received, as it was known at one moment: of one that is under way the end is not known yet. Immutable.
public final class ReceivedRequest {
  private final SeenRequest seen;

  /// One that the server has seen; for the server's own use.
  public ReceivedRequest(SeenRequest seen) {
    this.seen = seen;
  }

  /// The place among all that the server received, from 1.
  public long number() {
    return seen.number();
  }

  /// When it came, by the clock of the server.
  public Instant arrived() {
    return seen.arrived();
  }

  /// As whom it acted: who sent it, or whom they impersonated. Until that is known, `system:anonymous`.
  public String user() {
    return seen.sender().user();
  }

  /// What its program calls itself; empty when it does not say.
  public String userAgent() {
    return seen.sender().userAgent();
  }

  /// `get`, `list`, `watch`, `create`, `update`, `patch`, `delete`, `deletecollection`; the method in lower case for what is no resource.
  public String verb() {
    return seen.target().verb();
  }

  /// The path and the query as they were sent.
  public String uri() {
    return seen.uri();
  }

  /// The plural, such as `configmaps`; empty for what is no resource.
  public String resource() {
    return seen.target().resource();
  }

  /// The group of the resource; empty for the core group, and for what is no resource.
  public String group() {
    GroupVersion version = seen.target().groupVersion();
    return version == null ? "" : version.group();
  }

  /// The part of the object that it is about, such as `status`; empty for the object itself.
  public String subresource() {
    return seen.target().subresource();
  }

  /// Empty for all namespaces or none.
  public String namespace() {
    return seen.target().namespace();
  }

  /// Of the object, as the path, a field selector, or what was sent says, or what the server has called it: until then, what a
  /// `generateName` says; empty for a collection.
  public String name() {
    return seen.name().isEmpty() ? seen.target().selected() : seen.name();
  }

  /// Whether it was answered whole, or will not be.
  public boolean isOver() {
    return seen.ending().over();
  }

  /// The status of HTTP; 0 while it is under way, and of what was never answered.
  public int status() {
    return seen.ending().status();
  }

  /// What the server said to it where it refused it; else empty.
  public String message() {
    return seen.ending().message();
  }

  /// From its arrival to its end, or until now.
  public Duration taken() {
    return Duration.ofNanos(seen.ending().nanos());
  }

  /// The length of the answer's body as it was sent, in bytes; 0 while it is under way.
  public long bytes() {
    return seen.ending().bytes();
  }

  /// What was asked to go wrong with it; empty for nothing.
  public String fault() {
    return seen.fault();
  }

  /// The object as it was before a write of one object (`create`, `update`, `patch`, `delete`), JSON; empty when there was none, when it was refused or
  /// is no such write, and when the log has forgotten it.
  public Optional<String> before() {
    return text(seen.before());
  }

  /// The object as the write left it, JSON; empty when it is gone, and else as [#before].
  public Optional<String> after() {
    return text(seen.after());
  }

  /// The fields in which [#before] and [#after] differ; none where one of them is not there.
  public List<FieldChange> changes() {
    Bytes before = seen.before();
    Bytes after = seen.after();
    return before == null || after == null ? List.of() : ObjectDiff.of(before, after);
  }

  private static Optional<String> text(@Nullable Bytes json) {
    return json == null ? Optional.empty() : Optional.of(json.utf8());
  }

  /// One line for people, without what is in objects.
  @Override
  public String toString() {
    return RequestText.line(this);
  }
}
