package dev.pintle.kube.store;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// JSON bytes in two: those of the values at one path, and the rest, where `{}` stands for each of them. What is cut out is passed
/// over and not read, so that it costs little however long it is.
///
/// @param rest the document without the values
/// @param pieces the values, in order
public record JsonCut(@SuppressWarnings("ArrayRecordComponent") byte[] rest, List<byte[]> pieces) {
  private static final byte[] NOTHING = {'{', '}'};

  /// Cuts out what lies at `path`, a list of names, in every item of the arrays on the way.
  ///
  /// @param json an object as our own writer makes it, without spaces
  public static JsonCut of(byte[] json, String... path) {
    return new Walk(json, path).cut();
  }

  private static final class Walk {
    private final byte[] json;
    private final byte[][] path;
    private final ByteArrayOutputStream rest = new ByteArrayOutputStream();
    private final List<byte[]> pieces = new ArrayList<>();
    private int copied;

    Walk(byte[] json, String[] path) {
      this.json = json;
      this.path = new byte[path.length][];
      Arrays.setAll(this.path, i -> path[i].getBytes(StandardCharsets.UTF_8));
    }

    JsonCut cut() {
      int end = pass(0, 0);
      rest.write(json, copied, end - copied);
      return new JsonCut(rest.toByteArray(), List.copyOf(pieces));
    }

    /// Goes over the value that starts at `at` and answers where it ends.
    ///
    /// @param depth how many names of the path led to it
    private int pass(int at, int depth) {
      if (depth == path.length) {
        return take(at);
      }
      return switch (json[at]) {
        case '[' -> passArray(at + 1, depth);
        case '{' -> passObject(at + 1, depth);
        default -> JsonScan.valueEnd(json, at);
      };
    }

    private int passArray(int first, int depth) {
      int at = first;
      while (json[at] != ']') {
        at = afterComma(pass(at, depth));
      }
      return at + 1;
    }

    private int passObject(int first, int depth) {
      int at = first;
      while (json[at] == '"') {
        int nameEnd = JsonScan.stringEnd(json, at);
        boolean onPath =
            Arrays.equals(json, at + 1, nameEnd - 1, path[depth], 0, path[depth].length);
        int value = nameEnd + 1;
        at = afterComma(onPath ? pass(value, depth + 1) : JsonScan.valueEnd(json, value));
      }
      return at + 1;
    }

    private int afterComma(int at) {
      return json[at] == ',' ? at + 1 : at;
    }

    private int take(int at) {
      int end = JsonScan.valueEnd(json, at);
      rest.write(json, copied, at - copied);
      rest.writeBytes(NOTHING);
      pieces.add(Arrays.copyOfRange(json, at, end));
      copied = end;
      return end;
    }
  }
}
