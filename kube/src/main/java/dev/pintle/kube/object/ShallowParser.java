package dev.pintle.kube.object;

import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.parser.Parser;

/// A parser that goes no deeper than the tree may be, for what is made of its events is made by recursion, and whose anchors
/// have names that do not collide.
final class ShallowParser implements Parser {
  private final Parser parser;
  private final int depthMax;
  private final YamlAnchors anchors = new YamlAnchors();
  private int depth;

  ShallowParser(Parser parser, int depthMax) {
    this.parser = parser;
    this.depthMax = depthMax;
  }

  @Override
  public boolean checkEvent(Event.ID choice) {
    return parser.checkEvent(choice);
  }

  @Override
  public Event peekEvent() {
    return anchors.renamed(parser.peekEvent());
  }

  @Override
  public boolean hasNext() {
    return parser.hasNext();
  }

  @Override
  public Event next() {
    Event event = parser.next();
    switch (event.getEventId()) {
      case SequenceStart, MappingStart -> {
        if (++depth > depthMax) {
          throw new JsonSyntaxException("yaml: exceeded max depth of %d".formatted(depthMax));
        }
      }
      case SequenceEnd, MappingEnd -> depth--;
      default -> {}
    }
    return anchors.renamed(event);
  }
}
