package dev.pintle.kube.object;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.parser.Parser;

/// The maker of a tree of the events of one document.
///
/// What cannot be a value of JSON is told once the document has come to its end, because Go's parser reads all of it before
/// any value is made: a fault of the syntax goes before it, wherever it stands.
final class YamlTree {
  private static final String MERGE = "<<";

  /// Repeated keys that are told of one document.
  private static final int DUPLICATES_TOLD_MAX = 1_000;

  private final Parser events;
  private final Consumer<? super String> duplicates;
  private final ReadNames names = ReadNames.ofDocument();
  private final Map<String, Anchored> anchors = new HashMap<>();
  private @Nullable JsonSyntaxException fault;
  // Of a key that has no name; told of what is read without a fault.
  private @Nullable JsonSyntaxException unnamed;
  private int values;
  private int aliases;
  private long repeatedCharacters;
  private int told;

  /// A node with a name.
  private static final class Anchored {
    /// Null while it is open: an alias inside it would hold itself.
    @Nullable Json value;

    @Nullable ScalarEvent scalar;
  }

  /// @param duplicates is told of each key that is repeated
  YamlTree(Parser events, Consumer<? super String> duplicates) {
    this.events = events;
    this.duplicates = duplicates;
  }

  /// The first document. Those after it are not looked at.
  Json read() {
    events.next();
    if (events.checkEvent(Event.ID.StreamEnd)) {
      return Json.NULL;
    }
    events.next();
    Json read = node(events.next(), 0);
    events.next();
    JsonSyntaxException found = fault == null ? unnamed : fault;
    if (found != null) {
      throw found;
    }
    return read;
  }

  private Json node(Event event, int depth) {
    if (event instanceof AliasEvent alias) {
      return aliased(alias, depth);
    }
    count(depth);
    Anchored anchored = anchored(event);
    Json value =
        switch (event.getEventId()) {
          case Scalar -> scalar((ScalarEvent) event, anchored);
          case SequenceStart -> array(deeper(depth));
          case MappingStart -> object(deeper(depth));
          default -> throw new JsonSyntaxException("yaml: unknown node");
        };
    if (anchored != null) {
      anchored.value = value;
    }
    return value;
  }

  private void count(int depth) {
    if (depth > JsonReader.DEPTH_MAX || ++values > YamlReader.VALUES_MAX) {
      throw excessive();
    }
  }

  /// Counts a text that an alias repeats: it lies in memory once, and everybody who reads the tree goes through it each time.
  private void repeated(String text) {
    repeatedCharacters += text.length();
    if (repeatedCharacters > YamlReader.REPEATED_CHARACTERS_MAX) {
      throw excessive();
    }
  }

  private static JsonSyntaxException excessive() {
    return new JsonSyntaxException("yaml: document contains excessive aliasing");
  }

  private static int deeper(int depth) {
    if (depth >= YamlReader.DEPTH_MAX) {
      throw new JsonSyntaxException(
          "yaml: exceeded max depth of %d".formatted(YamlReader.DEPTH_MAX));
    }
    return depth + 1;
  }

  private @Nullable Anchored anchored(Event event) {
    Optional<Anchor> name = ((NodeEvent) event).getAnchor();
    if (name.isEmpty()) {
      return null;
    }
    Anchored anchored = new Anchored();
    anchors.put(name.get().getValue(), anchored);
    return anchored;
  }

  private void fail(JsonSyntaxException found) {
    fault = fault == null ? found : fault;
  }

  /// @param message costs what it shows: one is enough
  private void fail(Supplier<String> message) {
    fault = fault == null ? new JsonSyntaxException(message.get()) : fault;
  }

  private Json scalar(ScalarEvent event, @Nullable Anchored anchored) {
    if (anchored != null) {
      anchored.scalar = event;
    }
    YamlEscapes.require(event);
    try {
      return value(event);
    } catch (JsonSyntaxException found) {
      fail(found);
      return Json.NULL;
    }
  }

  private static Json value(ScalarEvent event) {
    Optional<String> tag = event.getTag();
    return tag.isPresent()
        ? YamlTags.value(tag.get(), event.getValue())
        : Yaml11.value(event.getValue(), event.isPlain());
  }

  private @Nullable Anchored known(AliasEvent alias) {
    Anchored known = anchors.get(alias.getAlias().getValue());
    // Names inside a key that is none are not known, and the key was told already.
    if (known == null && fault == null) {
      throw new JsonSyntaxException(
          "yaml: unknown anchor '%s' referenced".formatted(alias.getAlias().getValue()));
    }
    return known;
  }

  private Json aliased(AliasEvent alias, int depth) {
    Anchored known = known(alias);
    if (known == null) {
      return Json.NULL;
    }
    Json value = known.value;
    if (value == null) {
      fail(
          new JsonSyntaxException(
              "yaml: anchor '%s' value contains itself".formatted(alias.getAlias().getValue())));
      return Json.NULL;
    }
    if (known.scalar == null && ++aliases > YamlReader.ALIASES_MAX) {
      throw excessive();
    }
    return copied(value, depth);
  }

  private Json copied(Json value, int depth) {
    count(depth);
    return switch (value) {
      case JsonArray array -> {
        JsonArray copy = new JsonArray();
        array.forEach(item -> copy.add(copied(item, depth + 1)));
        yield copy;
      }
      case JsonObject object -> {
        JsonObject copy = new JsonObject();
        object.forEach(field -> {
          repeated(field.name());
          copy.set(field.name(), copied(field.value(), depth + 1));
        });
        yield copy;
      }
      case Json.Text(String text) -> {
        repeated(text);
        yield value;
      }
      case Json.Whole _, Json.Decimal _, Json.Bool _, Json.Null _ -> value;
    };
  }

  private JsonArray array(int depth) {
    JsonArray array = new JsonArray();
    Event next = events.next();
    while (next.getEventId() != Event.ID.SequenceEnd) {
      array.add(node(next, depth));
      next = events.next();
    }
    return array;
  }

  private JsonObject object(int depth) {
    JsonObject object = new JsonObject();
    YamlOddKeys odd = new YamlOddKeys();
    Event key = events.next();
    while (key.getEventId() != Event.ID.MappingEnd) {
      ScalarEvent name = name(key, depth);
      if (name != null && name.isPlain() && name.getValue().equals(MERGE)) {
        merge(object, node(events.next(), depth));
      } else {
        field(object, name, depth, odd);
      }
      key = events.next();
    }
    unnamed = unnamed == null ? odd.told().orElse(null) : unnamed;
    return object;
  }

  private void field(
      JsonObject into, @Nullable ScalarEvent name, int depth, YamlOddKeys unsupported) {
    Json named = name == null ? new Json.Text("") : key(name);
    YamlKey key = YamlKey.of(named, name);
    Event given = events.next();
    Json value = node(given, depth);
    unsupported.add(key, value);
    int before = into.size();
    into.set(names.kept(key.name()), value);
    if (into.size() == before && told++ < DUPLICATES_TOLD_MAX) {
      duplicates.accept("line %d: key %s already set in map".formatted(line(given), key.shown()));
    }
  }

  private Json key(ScalarEvent name) {
    YamlEscapes.require(name);
    boolean infinite = name.isPlain() && Yaml11.isInfinite(name.getValue());
    if (infinite && name.getTag().map(YamlTags::isFloat).orElse(true)) {
      return new Json.Text(Yaml11.infiniteKey(name.getValue()));
    }
    try {
      return value(name);
    } catch (JsonSyntaxException found) {
      fail(found);
      return new Json.Text("");
    }
  }

  /// The scalar that stands as a key, or that an alias there means; null for what is none.
  private @Nullable ScalarEvent name(Event key, int depth) {
    Anchored anchored = key instanceof AliasEvent alias ? known(alias) : anchored(key);
    ScalarEvent name =
        key instanceof ScalarEvent scalar ? scalar : anchored == null ? null : anchored.scalar;
    if (key instanceof ScalarEvent scalar && anchored != null) {
      anchored.value = scalar(scalar, anchored);
    } else if (name != null && key instanceof AliasEvent) {
      repeated(name.getValue());
    }
    if (name == null) {
      Json known = anchored == null ? null : anchored.value;
      Json given = key instanceof AliasEvent ? known : node(key, depth);
      fail(() -> "yaml: invalid map key: " + YamlGoValues.of(given == null ? Json.NULL : given));
    }
    return name;
  }

  private void merge(JsonObject into, Json source) {
    switch (source) {
      case JsonObject object -> {
        for (JsonObject.Field field : object) {
          if (!into.has(field.name())) {
            into.set(field.name(), field.value());
          }
        }
      }
      case JsonArray array -> array.forEach(item -> merge(into, item));
      case Json.Text _, Json.Whole _, Json.Decimal _, Json.Bool _, Json.Null _ ->
          fail(
              new JsonSyntaxException(
                  "yaml: map merge requires map or sequence of maps as the value"));
    }
  }

  private static int line(Event event) {
    return event.getStartMark().map(Mark::getLine).orElse(0) + 1;
  }
}
