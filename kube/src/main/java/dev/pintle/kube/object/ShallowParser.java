package dev.pintle.kube.object;

import java.util.BitSet;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.parser.Parser;

/// A parser that goes no deeper than the tree may be, for what is made of its events is made by recursion, and whose anchors
/// have names that do not collide.
final class ShallowParser implements Parser {
  /// Keys that are collections, one within another: no object has any, and each takes much of the stack.
  private static final int KEY_DEPTH_MAX = 50;

  private final Parser parser;
  private final int depthMax;
  private final YamlAnchors anchors = new YamlAnchors();
  // Of the collections that are open: whether the next node is a key of it, and whether it is one
  // itself.
  private final BitSet mappings = new BitSet();
  private final BitSet beforeKey = new BitSet();
  private final BitSet keys = new BitSet();
  private int depth;
  private int keyDepth;

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
      case SequenceStart -> open(false);
      case MappingStart -> open(true);
      case SequenceEnd, MappingEnd -> close();
      case Scalar, Alias -> nodeEnded();
      default -> {}
    }
    return anchors.renamed(event);
  }

  private void open(boolean mapping) {
    boolean key = beforeKey.get(depth);
    depth++;
    keyDepth += key ? 1 : 0;
    if (depth > depthMax || keyDepth > KEY_DEPTH_MAX) {
      throw new JsonSyntaxException("yaml: exceeded max depth of %d".formatted(depthMax));
    }
    keys.set(depth, key);
    mappings.set(depth, mapping);
    beforeKey.set(depth, mapping);
  }

  private void close() {
    keyDepth -= keys.get(depth) ? 1 : 0;
    beforeKey.clear(depth);
    depth--;
    nodeEnded();
  }

  /// After a key comes its value, and after that the next key.
  private void nodeEnded() {
    if (mappings.get(depth) && depth > 0) {
      beforeKey.flip(depth);
    }
  }
}
