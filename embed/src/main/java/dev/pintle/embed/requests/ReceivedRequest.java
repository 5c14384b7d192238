package dev.pintle.embed.requests;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A request that a server has received, as it was known at one moment: of one that is under way the end is not known yet.
public interface ReceivedRequest {
  /// The place among all that the server received, from 1.
  long number();

  /// When it came, by the clock of the machine.
  Instant arrived();

  /// As whom it acted: who sent it, or whom they impersonated.
  String user();

  /// What its program calls itself; empty when it does not say.
  String userAgent();

  /// `get`, `list`, `watch`, `create`, `update`, `patch`, `delete`, `deletecollection`; the method in lower case for what is no resource.
  String verb();

  /// The path and the query as they were sent.
  String uri();

  /// The plural, such as `configmaps`; empty for what is no resource.
  String resource();

  /// The group of the resource; empty for the core group, and for what is no resource.
  String group();

  /// The part of the object that it is about, such as `status`; empty for the object itself.
  String subresource();

  /// Empty for all namespaces or none.
  String namespace();

  /// Of the object, as the path or what was sent says, or what the server has called it; empty for a collection.
  String name();

  /// Whether it has been answered whole, or will not be.
  boolean isOver();

  /// The status of HTTP; 0 while it is under way, and of what was never answered.
  int status();

  /// What the server said to it where it refused it; else empty.
  String message();

  /// From its arrival to its end, or until now.
  Duration taken();

  /// The length of the answer's body as it was sent; of a watch, so far.
  long bytes();

  /// What was asked to go wrong with it; empty for nothing.
  String fault();

  /// The object as it was before a write of one object, JSON; empty when there was none, when it was refused or is no such write, and when
  /// the log has forgotten it.
  Optional<String> before();

  /// The object as the write left it, JSON; empty when it is gone, and else as [#before].
  Optional<String> after();

  /// The fields in which [#before] and [#after] differ.
  List<FieldChange> changes();
}
