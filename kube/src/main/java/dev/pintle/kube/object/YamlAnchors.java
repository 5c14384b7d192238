package dev.pintle.kube.object;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;

/// Names for the anchors of a document that are ours: the library keeps anchors in a table by the plain hash of their names,
/// and thousands of names of one hash would make it a list. An alias of no anchor keeps its name, which its error tells.
final class YamlAnchors {
  private final Map<String, Anchor> ours = new HashMap<>();

  /// The event, with the names of this document's anchors replaced.
  Event renamed(Event event) {
    if (!(event instanceof NodeEvent node) || node.getAnchor().isEmpty()) {
      return event;
    }
    Anchor theirs = node.getAnchor().get();
    if (event instanceof AliasEvent) {
      @Nullable Anchor known = ours.get(theirs.getValue());
      return known == null
          ? event
          : new AliasEvent(Optional.of(known), event.getStartMark(), event.getEndMark());
    }
    return anchored(event, Optional.of(ours.computeIfAbsent(theirs.getValue(), this::named)));
  }

  private Anchor named(String theirs) {
    return new Anchor(
        Integer.toHexString(Hashes.of(theirs)) + "-" + Integer.toHexString(ours.size()));
  }

  private static Event anchored(Event event, Optional<Anchor> anchor) {
    return switch (event) {
      case ScalarEvent scalar ->
          new ScalarEvent(
              anchor,
              scalar.getTag(),
              scalar.getImplicit(),
              scalar.getValue(),
              scalar.getScalarStyle(),
              scalar.getStartMark(),
              scalar.getEndMark());
      case SequenceStartEvent list ->
          new SequenceStartEvent(
              anchor,
              list.getTag(),
              list.isImplicit(),
              list.getFlowStyle(),
              list.getStartMark(),
              list.getEndMark());
      case MappingStartEvent map ->
          new MappingStartEvent(
              anchor,
              map.getTag(),
              map.isImplicit(),
              map.getFlowStyle(),
              map.getStartMark(),
              map.getEndMark());
      default -> event;
    };
  }
}
