package dev.pintle.kube.object;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamContext;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;

/// The reader of JSON bytes into a tree, streaming, with the habits of Go's parser: the last of several fields of one
/// name wins, invalid UTF-8 becomes U+FFFD, and what cannot be read is refused in Go's words.
public final class JsonReader {
  /// Objects and arrays within one another; real objects stay below 30.
  public static final int DEPTH_MAX = 1_000;

  private static final int BYTE_ORDER_MARK = 0xef;

  static final StreamReadConstraints CONSTRAINTS =
      StreamReadConstraints.builder()
          .maxNestingDepth(DEPTH_MAX)
          .maxNameLength(Integer.MAX_VALUE)
          .maxNumberLength(Integer.MAX_VALUE)
          .maxStringLength(Integer.MAX_VALUE)
          .build();

  /// Longer documents may have so many names that looking for them among those of others takes more than reading them.
  private static final int REMEMBERED_BYTES_MAX = 64 * 1024;

  /// Knows no names, so that no document stands in the way of another.
  private static final JsonFactory FORGETFUL =
      JsonFactory.builder()
          .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
          .streamReadConstraints(CONSTRAINTS)
          .build();

  /// Knows the names of documents that were read before. Whoever knows how it hashes them can fill its table, so that it takes no more
  /// of them from anybody; then another takes its place.
  private static volatile JsonFactory remembering = newRemembering();

  /// Repeated names that are told of one document, as upstream has it.
  private static final int DUPLICATES_TOLD_MAX = 100;

  /// Characters of their paths; one that is longer than a message should be is not told.
  private static final int TOLD_CHARACTERS_MAX = 100_000;

  private final JsonParser parser;
  private final boolean anyNumber;
  private final Untold duplicates;
  private final ReadNames names;
  private int told;
  private int toldCharacters;

  /// The taker of repeated names that was told the first few of the document when it was read before.
  private static final class Untold {
    private final RepeatedNames taker;
    private final int known;
    private final @Nullable EarlierValues earlier;
    private int told;

    Untold(RepeatedNames taker, int known, @Nullable EarlierValues earlier) {
      this.taker = taker;
      this.known = known;
      this.earlier = earlier;
    }

    void keep(JsonObject holder, String name, Json value) {
      if (earlier != null) {
        earlier.add(holder, name, value);
      }
    }

    int told() {
      return told;
    }

    void tell(String path, String newest, int place) {
      told++;
      if (told > known) {
        taker.take(path, newest, place);
      }
    }
  }

  private JsonReader(JsonParser parser, boolean anyNumber, ReadNames names, Untold duplicates) {
    this.parser = parser;
    this.anyNumber = anyNumber;
    this.names = names;
    this.duplicates = duplicates;
  }

  private static JsonFactory newRemembering() {
    return JsonFactory.builder()
        .enable(TokenStreamFactory.Feature.INTERN_PROPERTY_NAMES)
        .streamReadConstraints(CONSTRAINTS)
        .build();
  }

  public static Json read(byte[] bytes) {
    return read(bytes, RepeatedNames.UNTOLD);
  }

  /// Reads one document; `duplicates` is told of each field that repeats a name.
  ///
  /// @throws JsonRangeException for a number that no double holds
  public static Json read(byte[] bytes, RepeatedNames duplicates) {
    return read(bytes, false, duplicates, null);
  }

  /// As [#read], for who asks each place what it takes: a number that no double holds is infinite, and knows how it was written.
  public static Json readAsWritten(byte[] bytes, RepeatedNames duplicates) {
    return read(bytes, true, duplicates, null);
  }

  /// As [#readAsWritten], for who asks what stood in a field that comes again.
  public static Json readAsWritten(byte[] bytes, RepeatedNames duplicates, EarlierValues earlier) {
    return read(bytes, true, duplicates, earlier);
  }

  private static Json read(
      byte[] bytes, boolean anyNumber, RepeatedNames duplicates, @Nullable EarlierValues earlier) {
    if (bytes.length > REMEMBERED_BYTES_MAX) {
      return readLong(bytes, anyNumber, duplicates, earlier);
    }
    Untold first = new Untold(duplicates, 0, earlier);
    try {
      return readOnce(remembering, isAscii(bytes) ? bytes : repaired(bytes), anyNumber, first);
    } catch (StreamConstraintsException tooMuch) {
      Json value = readAgain(bytes, anyNumber, new Untold(duplicates, first.told(), earlier));
      // It was not too deep, so too many of its names had one hash.
      remembering = newRemembering();
      return value;
    } catch (JacksonException unreadable) {
      return readAgain(bytes, anyNumber, new Untold(duplicates, first.told(), earlier));
    }
  }

  private static Json readLong(
      byte[] bytes, boolean anyNumber, RepeatedNames duplicates, @Nullable EarlierValues earlier) {
    Untold first = new Untold(duplicates, 0, earlier);
    try {
      return readOnce(FORGETFUL, bytes, anyNumber, first);
    } catch (JacksonException unreadable) {
      return readAgain(bytes, anyNumber, new Untold(duplicates, first.told(), earlier));
    }
  }

  /// How many items the array has that `bytes` hold, seen without making a tree of them; -1 for anything else, and for what
  /// cannot be read.
  public static int itemCount(byte[] bytes) {
    try (JsonParser parser =
        FORGETFUL.createParser(ObjectReadContext.empty(), bytes, 0, bytes.length)) {
      if (parser.nextToken() != JsonToken.START_ARRAY) {
        return -1;
      }
      int count = 0;
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        parser.skipChildren();
        count++;
      }
      return parser.nextToken() == null ? count : -1;
    } catch (JacksonException unreadable) {
      return -1;
    }
  }

  /// Lets the object under `field` of a document keep the text that it was read of.
  ///
  /// @param document read from `bytes`, which hold JSON
  public static void keepText(JsonObject document, byte[] bytes, String field) {
    JsonObject value = document.object(field);
    if (value == null) {
      return;
    }
    String text = new String(bytes, StandardCharsets.UTF_8);
    try (JsonParser parser = FORGETFUL.createParser(ObjectReadContext.empty(), text)) {
      parser.nextToken();
      for (String name = parser.nextName(); name != null; name = parser.nextName()) {
        parser.nextToken();
        int from = (int) parser.currentTokenLocation().getCharOffset();
        parser.skipChildren();
        int to = (int) parser.currentLocation().getCharOffset();
        if (name.equals(field)) {
          value.keepText(text.substring(from, to));
        }
      }
    } catch (JacksonException unreadable) {
      // What Go reads and this parser does not is written anew.
      value.forgetText();
    }
  }

  public static Json read(String text) {
    return read(text.getBytes(StandardCharsets.UTF_8));
  }

  private static Json readOnce(
      JsonFactory factory, byte[] bytes, boolean anyNumber, Untold duplicates) {
    if (bytes.length > 0 && (bytes[0] & 0xff) == BYTE_ORDER_MARK) {
      // The parser would skip it.
      throw new JsonSyntaxException(GoSyntax.complaint(bytes));
    }
    try (JsonParser parser =
        factory.createParser(ObjectReadContext.empty(), bytes, 0, bytes.length)) {
      JsonToken first = parser.nextToken();
      if (first == null) {
        throw new JsonSyntaxException("unexpected end of JSON input");
      }
      boolean remembers = factory.isEnabled(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES);
      ReadNames names = remembers ? ReadNames.none() : ReadNames.ofDocument();
      Json value = new JsonReader(parser, anyNumber, names, duplicates).value(first);
      if (parser.nextToken() != null) {
        throw new JsonSyntaxException(GoSyntax.complaint(bytes));
      }
      return value;
    }
  }

  /// The slow way, for what the parser refuses: only its UTF-8 is broken, or its names are not to be remembered, or Go refuses
  /// it too; Go goes deeper, and may find something else to say.
  private static Json readAgain(byte[] bytes, boolean anyNumber, Untold duplicates) {
    String complaint = GoSyntax.complaint(bytes);
    if (!complaint.isEmpty()) {
      throw new JsonSyntaxException(complaint);
    }
    try {
      return readOnce(FORGETFUL, repaired(bytes), anyNumber, duplicates);
    } catch (StreamConstraintsException tooDeep) {
      throw new JsonSyntaxException("exceeded max depth");
    } catch (JacksonException unreadable) {
      throw new JsonSyntaxException(unreadable.getOriginalMessage());
    }
  }

  /// The text with U+FFFD for each byte that is no UTF-8, as Go reads it; the parser takes long forms of short characters for them.
  private static byte[] repaired(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8);
  }

  private static boolean isAscii(byte[] bytes) {
    int all = 0;
    for (byte one : bytes) {
      all |= one;
    }
    return all >= 0;
  }

  private Json value(JsonToken token) {
    return switch (token) {
      case START_OBJECT -> object();
      case START_ARRAY -> array();
      case VALUE_STRING -> new Json.Text(parser.getString());
      case VALUE_NUMBER_INT -> whole();
      case VALUE_NUMBER_FLOAT -> decimal();
      case VALUE_TRUE -> Json.Bool.TRUE;
      case VALUE_FALSE -> Json.Bool.FALSE;
      default -> Json.NULL;
    };
  }

  private Json whole() {
    return switch (parser.getNumberType()) {
      case INT, LONG -> new Json.Whole(parser.getLongValue());
      default -> decimal();
    };
  }

  /// From the text, in time that grows with its length only: the library makes a whole number of it first.
  private Json decimal() {
    String text = parser.getString();
    double number = Double.parseDouble(text);
    if (Double.isInfinite(number) && !anyNumber) {
      throw JsonRangeException.of(text);
    }
    return new Json.Decimal(number, text);
  }

  private JsonObject object() {
    JsonObject object = new JsonObject();
    for (String name = parser.nextName(); name != null; name = parser.nextName()) {
      int place = told;
      Json value = value(parser.nextToken());
      Json before = object.exchange(names.kept(name), value);
      if (before != null) {
        duplicates.keep(object, name, before);
        tell(name, object.nameAt(object.size() - 1), place);
      }
    }
    return object;
  }

  private void tell(String name, String newest, int at) {
    if (told >= DUPLICATES_TOLD_MAX || toldCharacters >= TOLD_CHARACTERS_MAX) {
      return;
    }
    TokenStreamContext context = parser.streamReadContext();
    String path = path(context, name);
    told++;
    toldCharacters += path.length();
    duplicates.tell(path, path(context, newest), at);
  }

  private JsonArray array() {
    JsonArray array = new JsonArray();
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      array.add(value(token));
    }
    return array;
  }

  private static String path(TokenStreamContext place, String name) {
    List<String> steps = new ArrayList<>();
    for (TokenStreamContext at = place.getParent();
        at != null && !at.inRoot();
        at = at.getParent()) {
      steps.addFirst(at.inArray() ? "[" + at.getCurrentIndex() + "]" : "." + at.currentName());
    }
    steps.add("." + name);
    String joined = String.join("", steps);
    return joined.startsWith(".") ? joined.substring(1) : joined;
  }
}
